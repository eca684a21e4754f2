import { holm } from '../stats/multiplicity.ts';
import type { Evidence } from './evidence.ts';
import type { Registry } from './registry.ts';
import type { Verdict } from './verdict.ts';

/** Two-sided error rate of the confirmatory family. */
const ALPHA = 0.05;

/** Evidence with its verdict after Holm; `holmP` is null outside the confirmatory family. */
export interface Judged extends Evidence {
  readonly holmP: number | null;
  readonly familyVerdict: Verdict;
}

/**
 * Holm over the confirmatory claims of one run: a decided verdict whose adjusted p is 0.05 or more becomes inconclusive.
 * A claim whose premise failed stays in the family with p = 1, so that dropping out makes nothing easier for the others.
 */
export function judgeFamily(evidence: readonly Evidence[]): Judged[] {
  const family = evidence.filter((each) => each.family === 'confirmatory');
  const adjusted = holm(
    family.map(({ judgement }) => (judgement.verdict === 'premise failed' ? 1 : judgement.pDecided)),
  );
  return evidence.map((each) => {
    const at = family.indexOf(each);
    const { verdict } = each.judgement;
    if (at < 0) return { ...each, holmP: null, familyVerdict: verdict };
    const holmP = adjusted[at] as number;
    const decided = verdict === 'supported' || verdict === 'refuted';
    return { ...each, holmP, familyVerdict: decided && holmP >= ALPHA ? 'inconclusive' : verdict };
  });
}

/**
 * What stands between a full run and green, beside its failed tests: claims that were registered and not run or run and
 * not registered, run twice, or whose verdict after Holm is another than the registered one. Empty = the gate is open.
 */
export function gateProblems(judged: readonly Judged[], registry: Registry): string[] {
  const ran = judged.map(({ id }) => id);
  const missing = Object.keys(registry).filter((id) => !ran.includes(id));
  const unknown = ran.filter((id) => registry[id] === undefined);
  const twice = ran.filter((id, i) => ran.indexOf(id) !== i);
  const todo = 'restore the hypothesis file, or take the claim out: npm run register';
  return [
    ...missing.map((id) => `${id} is registered and did not run to its end: ${todo}`),
    ...unknown.map((id) => `${id} ran and is not registered: npm run register`),
    ...twice.map((id) => `${id} is declared by two files: give one another id`),
    ...judged.flatMap(({ id, profile, familyVerdict, judgement, holmP }) => {
      const registered = registry[id]?.profiles[profile];
      if (registered === undefined || registered.familyVerdict === familyVerdict) return [];
      const p = holmP === null ? '' : ` (Holm p ${holmP.toPrecision(2)})`;
      return [
        `${id} is ${familyVerdict} in its family${p}, registered as ${registered.familyVerdict}; alone it is ${judgement.verdict}`,
      ];
    }),
  ];
}
