import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { sampleCorrelation } from 'simple-statistics';
import { finite, InvariantError } from '../core/errors.ts';
import type { Interval } from './paired.ts';

/** Spearman's rank correlation of n pairs with its interval; null where one of the lists is constant. */
export interface RankCorrelation {
  readonly n: number;
  readonly rho: number;
  readonly interval: Interval;
}

/**
 * Spearman's rho, ties sharing their mean rank, and an interval tanh(atanh rho +- z sqrt((1 + rho^2 / 2) / (n - 3))).
 * Null below 5 pairs and where one list is constant. Throws `InvariantError` on lists of different lengths or numbers
 * that are not finite. Source of the interval: Bonett and Wright 2000 (doi 10.1007/BF02294183). Oracle: SciPy `spearmanr`.
 */
export function spearman(x: readonly number[], y: readonly number[], level = 0.95): RankCorrelation | null {
  if (x.length !== y.length) throw new InvariantError(`${x.length} numbers cannot be paired with ${y.length}`);
  for (const value of [...x, ...y]) finite(value, 'a value to rank');
  const n = x.length;
  const constant = (values: readonly number[]): boolean => values.every((value) => value === values[0]);
  if (n < 5 || constant(x) || constant(y)) return null;
  const rho = Math.max(-1, Math.min(1, sampleCorrelation(ranks(x), ranks(y))));
  if (Math.abs(rho) === 1) return { n, rho, interval: { low: rho, high: rho, level } };
  const half = normalQuantile((1 + level) / 2, 0, 1) * Math.sqrt((1 + rho ** 2 / 2) / (n - 3));
  const z = Math.atanh(rho);
  return { n, rho, interval: { low: Math.tanh(z - half), high: Math.tanh(z + half), level } };
}

/** Ranks from 1, equal values sharing the mean of theirs. */
function ranks(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1);
}
