import { three } from '../claims/describe.ts';
import { ALPHA } from '../claims/verdict.ts';
import type { Cell } from './answer.ts';
import type { ArmNumbers, ImportedEvidence } from './evidence.ts';
import type { StudyFacts } from './format.ts';
import type { Design } from './spec.ts';

// What no claim about the records of others can switch off.

/** More answers left out than this share, or so much more in one arm than in another, is told. */
const MOST_EXCLUDED = 0.05;
const EXCLUDED_APART = 0.01;

/** Target effects that differ by more than this share of the larger are not matched. */
const MATCHED = 0.1;

/** What a verdict rests on beside its numbers. */
export interface Ruled {
  readonly facts: StudyFacts;
  readonly design: Design;
  readonly metric: string;
  readonly arms: readonly ArmNumbers[];
  readonly cells: readonly (readonly Cell[])[];
  /** Whether the rows that were compared are the target's own. */
  readonly ofTarget: boolean;
  readonly unseeded: number;
}

/**
 * The premises of a verdict: those that the study names, that a number has room in some arm, and nothing else. A rate at one end of
 * its range in every arm cannot differ, whatever was done.
 */
export function premisesOf({ facts, metric, arms }: Ruled): ImportedEvidence['premises'] {
  const range = facts.metrics[metric]?.range ?? null;
  const values = arms.flatMap((each) => each.values);
  const atEnd = range?.find((end) =>
    values.every((value) => Math.abs(value - end) <= 1e-9 * Math.max(1, Math.abs(end))),
  );
  const room =
    range === null
      ? []
      : [
          {
            text: `${metric} leaves an end of its range, ${range.join(' to ')}, in some arm`,
            met: atEnd === undefined,
          },
        ];
  return [...facts.premises.map(({ text, met }) => ({ text, met })), ...room];
}

/** What a reader must be warned of, a sentence each. */
export function warningsOf(ruled: Ruled): string[] {
  const { facts, arms, unseeded } = ruled;
  const unknown = facts.premises.filter(({ met }) => met === null);
  return [
    ...smallest(ruled),
    ...(unseeded > 0 ? [`${unseeded} rows have no training seed and are no replicates: they were left out`] : []),
    ...excluded(arms),
    ...sameItems(ruled),
    ...matched(ruled),
    ...(unknown.length === 0 ? [] : [`not known whether it holds: ${unknown.map(({ text }) => text).join('; ')}`]),
  ];
}

/** The smallest p that any arrangement of so few replicates can give, where that says nothing at alpha 0.05. */
function smallest({ design, arms }: Ruled): string[] {
  const sizes = arms.map(({ values }) => values.length);
  if (design === 'proportions') return [];
  const n = Math.min(...sizes);
  const [what, p] =
    design === 'paired'
      ? [`the sign-flip test of ${n} pairs`, 2 / 2 ** n]
      : [
          `the permutation test of ${sizes.join(' and ')} replicates`,
          2 / choose(sizes[0] as number, sizes[1] as number),
        ];
  if (p <= ALPHA) return [];
  return [
    `${what} gives no p below ${three(Math.min(1, p))}: at this number no test without an assumption about the shape of the numbers can decide, and the t interval rests on that they are normal`,
  ];
}

/** Ways to choose a of a + b. */
const choose = (a: number, b: number): number =>
  Array.from({ length: a }, (_, i) => (b + i + 1) / (i + 1)).reduce((x, y) => x * y, 1);

function excluded(arms: readonly ArmNumbers[]): string[] {
  const shares = arms.map((each) => each.excluded);
  if (shares.some((share) => share === null)) return ['how many answers were left out is not told of every row'];
  const known = shares as number[];
  const told = arms.map(({ name }, i) => `${name} ${percentText(known[i] as number)}`).join(', ');
  const most = Math.max(...known);
  if (most > MOST_EXCLUDED)
    return [`answers were left out, in an arm more than ${percentText(MOST_EXCLUDED)}: ${told}`];
  return most - Math.min(...known) > EXCLUDED_APART
    ? [`the arms differ in how many answers were left out: ${told}`]
    : [];
}

const percentText = (share: number): string => `${three(100 * share)} %`;

/** Whether every arm of a replicate was asked the same items: 'unknown' where a row does not say. */
export function itemsAre({ cells }: Pick<Ruled, 'cells'>): 'same' | 'other' | 'unknown' {
  const [first = [], ...others] = cells;
  const all = cells.flat();
  if (all.some(({ items }) => items === null)) return 'unknown';
  const textOf = ({ items }: Cell): string => (items ?? []).join('\n');
  const same = first.every((cell) =>
    others.every((arm) =>
      arm.filter(({ replicate }) => replicate === cell.replicate).every((each) => textOf(each) === textOf(cell)),
    ),
  );
  return same ? 'same' : 'other';
}

function sameItems(ruled: Ruled): string[] {
  const found = itemsAre(ruled);
  if (found === 'unknown') return ['not known whether the arms were asked the same items: no hash of them is told'];
  return found === 'other' ? ['the arms were not asked the same items'] : [];
}

/** Whether what was done to the target is as large in every arm, where something was trained and others than the target are read. */
function matched({ facts, arms, ofTarget }: Ruled): string[] {
  const trained = arms.some(({ arm }) => (facts.arms[arm]?.method ?? null) !== null);
  if (!trained || ofTarget) return [];
  const effects = arms.map(({ targetEffect }) => targetEffect);
  if (effects.some((effect) => effect === null))
    return [
      'unmatched: what the training did to its target is not told of every arm, so that a weaker arm may just be a weaker training',
    ];
  const known = effects as number[];
  const told = arms.map(({ name }, i) => `${name} ${three(known[i] as number)}`).join(', ');
  const apart = Math.max(...known) - Math.min(...known) > MATCHED * Math.max(...known.map(Math.abs));
  return apart ? [`unmatched: the effect on the target differs between the arms: ${told}`] : [];
}

const COMPARED = ['method', 'base', 'content', 'skill', 'rehearsal', 'steps', 'adapter', 'stop'] as const;

/** In what arms of a study differ, by what it says of them: a claim compares all of these together. */
export function differencesOf(facts: StudyFacts, arms: readonly string[]): string[] {
  return COMPARED.filter((key) => new Set(arms.map((arm) => JSON.stringify(facts.arms[arm]?.[key] ?? null))).size > 1);
}
