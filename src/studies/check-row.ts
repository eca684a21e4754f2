import { InputError } from '../core/errors.ts';
import { refuseUnknown } from './facts.ts';
import { FILES, type Observation, type StudyFacts } from './format.ts';

/** Two numbers that only rounding can keep apart: shares are often written with few digits. */
const near = (a: number, b: number, digits = 1e-6): boolean =>
  Math.abs(a - b) <= digits * Math.max(1, Math.abs(a), Math.abs(b));

/**
 * Throws `InputError`, with `where` the row stands, on names that the study does not know, another unit of replication than its own, and
 * a value that cannot be: outside the range of its metric, or not k of n where it is a share.
 */
export function checkRow(facts: StudyFacts, row: Observation, where: string): void {
  refuseUnknownNames(facts, row, where);
  const { unit } = facts.replication;
  if ((row.unit ?? unit) !== unit)
    throw new InputError(where, {
      expected: `replicates of one unit, ${unit}, as ${FILES.study} says`,
      got: `a row whose unit is ${row.unit}`,
      todo: 'make two studies: numbers of one unit are no replicates beside those of another',
    });
  refuseRange(facts, row, where);
  refuseCounts(facts, row, where);
}

/** Throws `InputError` where a row names an arm, a character, a probe or a metric that the study does not know. */
export function refuseUnknownNames(
  facts: StudyFacts,
  row: Pick<Observation, 'arm' | 'character' | 'probe' | 'metric'>,
  where: string,
): void {
  refuseUnknown(where, 'arms', row.arm, facts);
  refuseUnknown(where, 'characters', row.character, facts);
  refuseUnknown(where, 'probes', row.probe, facts);
  refuseUnknown(where, 'metrics', row.metric, facts);
}

function refuseRange({ metrics }: StudyFacts, { metric, value }: Observation, where: string): void {
  const range = metrics[metric]?.range ?? null;
  if (range === null || (value >= range[0] && value <= range[1])) return;
  const [low, high] = range;
  const percent = high === 1 && value / 100 >= low && value / 100 <= high;
  throw new InputError(where, {
    expected: `${metric} between ${low} and ${high}`,
    got: `${value}`,
    todo: percent
      ? 'this looks like a percentage: write it as a share (divide by 100) in every row'
      : `correct the value, or the range in ${FILES.study}`,
  });
}

function refuseCounts({ metrics }: StudyFacts, { metric, value, n, k }: Observation, where: string): void {
  if (k === undefined || k === null) return;
  const refused = (expected: string, got: string, todo: string): InputError =>
    new InputError(where, { expected, got, todo });
  if (n === undefined || n === null) throw refused('n, the trials, beside k, the hits', `k = ${k} alone`, 'add n');
  if (k > n) throw refused('at most as many hits (k) as trials (n)', `k = ${k}, n = ${n}`, 'correct the row');
  if (metrics[metric]?.unit !== 'share' || near(value, k / n)) return;
  throw near(value, (100 * k) / n)
    ? refused(`the share k / n = ${k / n}`, `the percentage ${value}`, 'divide it by 100')
    : refused(`the share k / n = ${k / n}`, `${value}`, 'correct the value or the counts');
}
