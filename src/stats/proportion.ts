import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { InvariantError } from '../core/errors.ts';
import type { Interval } from './paired.ts';
import { fraction } from './sample.ts';

/**
 * Wilson's score interval of a share of `hits` in `n` independent trials. Its lower end at level 1 - 2 a is the one-sided
 * bound at error a. Throws `InvariantError` unless 0 <= hits <= n, both whole and n at least 1.
 * Source: Wilson 1927 (doi 10.1080/01621459.1927.10502953). Oracle: statsmodels `proportion_confint(method='wilson')`.
 */
export function wilson(hits: number, n: number, level = 0.95): Interval {
  fraction(level, 'confidence level');
  if (!Number.isInteger(hits) || !Number.isInteger(n) || n < 1 || hits < 0 || hits > n)
    throw new InvariantError(`${hits} of ${n} is not a share of trials`);
  const z = normalQuantile((1 + level) / 2, 0, 1);
  const share = hits / n;
  const middle = share + (z * z) / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return {
    low: hits === 0 ? 0 : (middle - half) / scale,
    high: hits === n ? 1 : (middle + half) / scale,
    level,
  };
}

/** A share of `hits` in `n` trials, and what it weighs among others. */
export interface WeightedShare {
  readonly hits: number;
  readonly n: number;
  readonly weight: number;
}

/**
 * The mean of independent shares by weights that sum to 1, and its interval: Wilson's of each, put together by square and add,
 * low = share - sqrt(sum (weight (share - low))^2), and so above. Throws `InvariantError` where a share is none or the weights
 * do not sum to 1. Source: Zou and Donner 2008 (doi 10.1002/sim.3095).
 */
export function weightedShare(parts: readonly WeightedShare[], level = 0.95): { share: number; interval: Interval } {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  if (Math.abs(total - 1) > 1e-9) throw new InvariantError(`weights of shares that sum to ${total}, not 1`);
  const ends = parts.map(({ hits, n, weight }) => ({ ...wilson(hits, n, level), weight, share: hits / n }));
  const share = ends.reduce((sum, each) => sum + each.weight * each.share, 0);
  const low = share - Math.hypot(...ends.map((each) => each.weight * (each.share - each.low)));
  const high = share + Math.hypot(...ends.map((each) => each.weight * (each.high - each.share)));
  return { share, interval: { low, high, level } };
}

/**
 * How far above `share` a true share must lie to be found by n trials with probability `power` at two-sided alpha, by the
 * normal approximation at `share`: (z(1 - alpha / 2) + z(power)) sqrt(share (1 - share) / n), at most 1 - share.
 * Source: Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, section 2.5, equal variances.
 */
export function minimumDetectableShare(share: number, n: number, power = 0.8, alpha = 0.05): number {
  fraction(share, 'share');
  const reach = normalQuantile(1 - alpha / 2, 0, 1) + normalQuantile(power, 0, 1);
  return Math.min(1 - share, reach * Math.sqrt((share * (1 - share)) / n));
}
