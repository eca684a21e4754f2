import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { sampleCorrelation } from 'simple-statistics';
import { finite, InvariantError } from '../core/errors.ts';
import type { Interval } from './paired.ts';
import { compare, largestOf, ROUNDING } from './rounding.ts';

/** Spearman's rank correlation of n pairs with its interval; null where one of the lists is constant. */
export interface RankCorrelation {
  readonly n: number;
  readonly rho: number;
  readonly interval: Interval;
}

/**
 * Spearman's rho, ties (equal but for rounding) sharing their mean rank, and an interval
 * tanh(atanh rho +- z sqrt((1 + rho^2 / 2) / (n - 3))).
 * Where rho is 1 or -1 and that has no value, the inner end is that of the next smaller rho there is, 1 - 12 / (n^3 - n).
 * Null below 5 pairs and where one list is constant. Throws `InvariantError` on lists of different lengths or numbers
 * that are not finite. Source of the interval: Bonett and Wright 2000 (doi 10.1007/BF02294183). Oracle: SciPy `spearmanr`.
 */
export function spearman(x: readonly number[], y: readonly number[], level = 0.95): RankCorrelation | null {
  if (x.length !== y.length) throw new InvariantError(`${x.length} numbers cannot be paired with ${y.length}`);
  for (const value of [...x, ...y]) finite(value, 'a value to rank');
  const n = x.length;
  const constant = (values: readonly number[]): boolean =>
    values.every((value) => compare(value, values[0] as number, values) === 0);
  if (n < 5 || constant(x) || constant(y)) return null;
  const rho = Math.max(-1, Math.min(1, sampleCorrelation(ranks(x), ranks(y))));
  const perfect = 1 - Math.abs(rho) < 1e-12;
  const inner = perfect ? Math.sign(rho) * (1 - 12 / (n ** 3 - n)) : rho;
  const half = normalQuantile((1 + level) / 2, 0, 1) * Math.sqrt((1 + inner ** 2 / 2) / (n - 3));
  const z = Math.atanh(inner);
  const low = perfect && rho < 0 ? -1 : Math.tanh(z - half);
  const high = perfect && rho > 0 ? 1 : Math.tanh(z + half);
  return { n, rho, interval: { low, high, level } };
}

/** Ranks from 1, values that are equal but for rounding sharing the mean of theirs. */
function ranks(values: readonly number[]): number[] {
  const tie = ROUNDING * largestOf(values);
  const sorted = values.toSorted((a, b) => a - b);
  // Of each place in the order, the first place of its run of ties: neighbours that lie no further apart than rounding.
  const firsts: number[] = [];
  for (const [i, value] of sorted.entries()) {
    const tied = i > 0 && value - (sorted[i - 1] as number) <= tie;
    firsts.push(tied ? (firsts[i - 1] as number) : i);
  }
  return values.map((value) => {
    const first = firsts[sorted.indexOf(value)] as number;
    return (first + firsts.lastIndexOf(first)) / 2 + 1;
  });
}
