import { three } from '../claims/describe.ts';
import { ALPHA } from '../claims/verdict.ts';
import type { Cell } from './answer.ts';
import type { ArmNumbers, ImportedEvidence, ImportedJudgement } from './evidence.ts';
import type { StudyFacts } from './format.ts';
import type { Design } from './spec.ts';

// What no claim about the records of others can switch off.

/** Rules of this format, by nobody's theory: more answers left out than this share, or so much more in one arm than in another, is told. */
const MOST_EXCLUDED = 0.05;
const EXCLUDED_APART = 0.01;

/** With fewer clusters the variance between them is hardly known: Cameron and Miller 2015 (doi 10.3368/jhr.50.2.317) on few clusters. */
const FEWEST_CLUSTERS = 20;

/** Target effects that differ by more than this share of the larger are not matched. */
const MATCHED = 0.1;

/** What a verdict rests on beside its numbers. */
export interface Ruled {
  readonly facts: StudyFacts;
  readonly design: Design;
  readonly metric: string;
  readonly arms: readonly ArmNumbers[];
  readonly cells: readonly (readonly Cell[])[];
  /** Whether the rows that were compared are the target's own, and whether its own are among others. */
  readonly ofTarget: boolean;
  readonly mixed: boolean;
  readonly unseeded: number;
}

/**
 * The premises of a verdict: those that the study names, and that numbers have room. Two arms at the same end of a range cannot differ,
 * whatever was done.
 */
export function premisesOf({ facts, metric, arms }: Ruled): ImportedEvidence['premises'] {
  const range = facts.metrics[metric]?.range ?? null;
  const isAt = (end: number, { values }: ArmNumbers): boolean =>
    values.every((value) => Math.abs(value - end) <= 1e-9 * Math.max(1, Math.abs(end)));
  const stuck = range?.some((end) => arms.filter((arm) => isAt(end, arm)).length > 1) ?? false;
  const room =
    range === null
      ? []
      : [{ text: `${metric} is not at the same end of its range, ${range.join(' to ')}, in two arms`, met: !stuck }];
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
    ...readings(ruled),
    ...sameItems(ruled),
    ...clusters(ruled),
    ...matched(ruled),
    ...(unknown.length === 0 ? [] : [`not known whether it holds: ${unknown.map(({ text }) => text).join('; ')}`]),
  ];
}

/**
 * The smallest two-sided p that any arrangement of so few replicates can give, where that says nothing at alpha 0.05: of pairs 2 / 2^n, of
 * two samples 2 / choose(a + b, a) where they are as large, 1 / choose(a + b, a) where they are not.
 */
function smallest({ design, arms }: Ruled): string[] {
  const [a = 0, b = 0] = arms.map(({ values }) => values.length);
  if (design === 'proportions') return [];
  const [what, p] =
    design === 'paired'
      ? [`the sign-flip test of ${a} pairs`, 2 / 2 ** a]
      : [`the permutation test of ${a} and ${b} replicates`, (a === b ? 2 : 1) / choose(a, b)];
  if (p <= ALPHA) return [];
  return [
    `${what} gives no two-sided p below ${three(Math.min(1, p))}: at this number whatever is decided rests on that the numbers are normal`,
  ];
}

/** Ways to choose a of a + b. */
const choose = (a: number, b: number): number =>
  Array.from({ length: a }, (_, i) => (b + i + 1) / (i + 1)).reduce((x, y) => x * y, 1);

function excluded(arms: readonly ArmNumbers[]): string[] {
  if (arms.some((each) => each.excluded === null || each.mostExcluded === null))
    return ['how many answers were left out is not told of every row'];
  const known = arms.map((each) => each.excluded as number);
  const told = arms.map(({ name }, i) => `${name} ${percentText(known[i] as number)}`).join(', ');
  const [most, row] = [Math.max(...known), Math.max(...arms.map((each) => each.mostExcluded as number))];
  if (most > MOST_EXCLUDED)
    return [`answers were left out, in an arm more than ${percentText(MOST_EXCLUDED)}: ${told}`];
  if (row > MOST_EXCLUDED) return [`answers were left out, of one row ${percentText(row)}: ${told}`];
  return most - Math.min(...known) > EXCLUDED_APART
    ? [`the arms differ in how many answers were left out: ${told}`]
    : [];
}

/** What arms that are not paired were read on, where that is not the same, and the target among others. */
function readings({ cells, design, mixed }: Ruled): string[] {
  const read = cells.map((arm) => [...new Set(arm.flatMap(({ of }) => of))].sort().join(', '));
  const differ = design !== 'paired' && new Set(read).size > 1;
  return [
    ...(differ ? [`the arms were read on other characters, probes or temperatures: ${read.join('; ')}`] : []),
    ...(mixed ? ['the target is among the characters that are read'] : []),
  ];
}

/** Of proportions: what is known of which trials go together. */
function clusters({ design, arms }: Ruled): string[] {
  if (design !== 'proportions') return [];
  const known = arms.map(({ counts }) => counts?.clusters ?? null);
  if (known.some((each) => each === null))
    return ['trials are taken as independent: nothing tells which of them are of one item'];
  const fewest = Math.min(...(known as number[]));
  return fewest < FEWEST_CLUSTERS
    ? [`only ${fewest} items or replicates: how alike trials of one are is hardly known`]
    : [];
}

/** Why a verdict needs care by the shape of its numbers. */
export function shapeWarnings({ warning, interval }: ImportedJudgement): string[] {
  const still =
    interval.low === interval.high ? ['nothing varies between replicates, so that the interval has no width'] : [];
  return [...still, ...(warning === null ? [] : [warning])];
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
      'unmatched: how the target of the training does is not told of every arm, so that a weaker arm may just be a weaker training',
    ];
  const known = effects as number[];
  const told = arms.map(({ name }, i) => `${name} ${three(known[i] as number)}`).join(', ');
  const apart = Math.max(...known) - Math.min(...known) > MATCHED * Math.max(...known.map(Math.abs));
  if (Math.max(...known.map(Math.abs)) === 0) return [`unmatched: in no arm the target does anything: ${told}`];
  return apart ? [`unmatched: the target does not do alike in the arms: ${told}`] : [];
}

const COMPARED = ['method', 'base', 'content', 'skill', 'rehearsal', 'steps', 'adapter', 'stop'] as const;

/** In what arms differ, by what the study says of them and by their rows: a claim compares all of these together. */
export function differencesOf({ facts, arms, cells }: Ruled): string[] {
  const told = COMPARED.filter(
    (key) => new Set(arms.map(({ arm }) => JSON.stringify(facts.arms[arm]?.[key] ?? null))).size > 1,
  );
  const read = (key: 'base' | 'step'): boolean =>
    new Set(cells.map((arm) => [...new Set(arm.map((cell) => `${cell[key]}`))].sort().join(', '))).size > 1;
  return [...new Set([...told, ...(read('base') ? ['base'] : []), ...(read('step') ? ['the step that is read'] : [])])];
}
