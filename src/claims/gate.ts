import { InputError } from '../core/errors.ts';
import { holm } from '../stats/multiplicity.ts';
import { describeEvidence } from './describe.ts';
import type { Evidence } from './evidence.ts';
import { type Registry, registeredResult } from './registry.ts';
import { reproduction } from './reproduction.ts';
import { ALPHA, type Verdict } from './verdict.ts';

/** Evidence with its verdict after Holm; `holmP` is null outside the confirmatory family and in a partial run. */
export interface Judged extends Evidence {
  readonly holmP: number | null;
  readonly familyVerdict: Verdict;
}

/**
 * Holm over the confirmatory claims of one run: a decided verdict whose adjusted p is 0.05 or more becomes inconclusive.
 * A claim whose premise failed stays in the family with p = 1, so that dropping out makes nothing easier for the others.
 * In a partial run the family is not all there, and every verdict stays as it is alone.
 */
export function judgeFamily(evidence: readonly Evidence[], partial = false): Judged[] {
  const family = partial ? [] : evidence.filter((each) => each.family === 'confirmatory');
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
 * What keeps a run from being green: claims that are not registered, or registered as another claim, at another number
 * of replicates or with other seeds; claims whose verdict is another than the registered one, alone or after Holm; and,
 * in a full run, registered claims that did not run to their end. Empty = the gate is open.
 */
export function gateProblems(judged: readonly Judged[], registry: Registry, partial = false): string[] {
  const ran = judged.map(({ id }) => id);
  const missing = partial ? [] : Object.keys(registry).filter((id) => !ran.includes(id));
  const twice = ran.filter((id, i) => ran.indexOf(id) !== i);
  const todo = 'restore the hypothesis file, or take the claim out: npm run register';
  return [
    ...missing.map((id) => `${id} is registered and did not run to its end: ${todo}`),
    ...twice.map((id) => `${id} is declared by two files: give one another id`),
    ...judged.flatMap((each) => problemOf(each, registry, partial)),
  ];
}

/** Verdicts that are not the registered ones and do not count as flips, each with the reason. */
export function borderlineNotes(judged: readonly Judged[], registry: Registry): string[] {
  return judged.flatMap((each) => {
    const registered = registry[each.id]?.profiles[each.profile];
    if (registered === undefined) return [];
    const pairs = [
      [each.judgement.verdict, registered.verdict],
      [each.familyVerdict, registered.familyVerdict],
    ] as const;
    const met = pairs.find(([is, was]) => reproduction(each, registered, is, was) === 'borderline');
    if (met === undefined) return [];
    return [
      `${each.id} is ${met[0]} here and was registered as ${met[1]} on ${registered.devices.join('; ')}: a borderline verdict, which rounding on another device may move; this run neither reproduces nor contradicts it`,
    ];
  });
}

function problemOf(judged: Judged, registry: Registry, partial: boolean): string[] {
  try {
    const { id, familyVerdict, judgement, holmP } = judged;
    const registered = registeredResult(registry, judged);
    if (reproduction(judged, registered, judgement.verdict, registered.verdict) === 'no')
      return [describeEvidence(judged, registered)];
    if (partial || reproduction(judged, registered, familyVerdict, registered.familyVerdict) !== 'no') return [];
    const p = holmP === null ? '' : ` (Holm p ${holmP.toPrecision(2)})`;
    return [
      `${id} is ${familyVerdict} in its family${p}, registered as ${registered.familyVerdict}; alone it is ${judgement.verdict}`,
    ];
  } catch (error) {
    if (error instanceof InputError) return [error.message];
    throw error;
  }
}
