import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { InvariantError } from '../core/errors.ts';
import type { Interval } from './paired.ts';
import { fraction } from './sample.ts';

/** A share and how many independent trials it rests on, which need not be a whole number: see `clusteredShare`. */
export interface Proportion {
  readonly share: number;
  readonly n: number;
}

/**
 * Newcombe's interval of the difference a - b of two independent shares: the distances of each share from the ends of its own score
 * interval, put together by square and add. Throws `InvariantError` unless shares lie in [0, 1] and both have a trial.
 * Source: Newcombe 1998, method 10 (doi 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I).
 * Oracle: statsmodels `confint_proportions_2indep(method='newcomb')`.
 */
export function newcombe(a: Proportion, b: Proportion, level = 0.95): Interval {
  const [of, less] = [scoreLimits(a, level), scoreLimits(b, level)];
  const difference = a.share - b.share;
  return {
    low: difference - Math.hypot(a.share - of.low, less.high - b.share),
    high: difference + Math.hypot(of.high - a.share, b.share - less.low),
    level,
  };
}

/**
 * Wilson's score limits of a share: the two p at which (share - p)^2 = z^2 p (1 - p) / n. The same as `wilson` for whole hits; here n
 * may be any number above 0, as of clustered trials.
 */
function scoreLimits({ share, n }: Proportion, level: number): { low: number; high: number } {
  fraction(level, 'confidence level');
  if (!(share >= 0 && share <= 1 && n > 0 && n < Number.POSITIVE_INFINITY))
    throw new InvariantError(`${share} of ${n} trials is no share`);
  const z = normalQuantile((1 + level) / 2, 0, 1);
  const [a, b, c] = [1 + z ** 2 / n, -(2 * share + z ** 2 / n), share ** 2];
  const root = Math.sqrt(Math.max(0, b ** 2 - 4 * a * c));
  return { low: share === 0 ? 0 : (-b - root) / (2 * a), high: share === 1 ? 1 : (-b + root) / (2 * a) };
}

/**
 * Two-sided p of a difference of two shares against `margin`: 1 less the level at which an end of Newcombe's interval touches it,
 * so that p < alpha exactly where the interval of level 1 - alpha leaves the margin out. Throws as `newcombe` does.
 */
export function newcombeP(a: Proportion, b: Proportion, margin: number): number {
  if (a.share - b.share === margin) return 1;
  const leavesOut = (level: number): boolean => {
    const { low, high } = newcombe(a, b, level);
    return margin < low || margin > high;
  };
  let [out, within] = [0, 1];
  // By the half as long as doubles tell levels apart: about 50 times.
  for (let i = 0; i < 60; i++) {
    const level = (out + within) / 2;
    if (level === out || level === within) break;
    if (leavesOut(level)) out = level;
    else within = level;
  }
  return 1 - out;
}

/** Trials of one item: `hits` of `n`. */
export interface Cluster {
  readonly hits: number;
  readonly n: number;
}

/**
 * The share of hits over clusters of trials that are not independent, with as many trials as would tell as much were they independent:
 * n / D with the design effect D = v / (share (1 - share) / n), at least 1, and the variance of a ratio between m clusters
 * v = m / (m - 1) sum (hits_i - share n_i)^2 / n^2. Clusters of one trial each are independent trials; where all hit, or none does,
 * nothing tells how alike trials of a cluster are, and each cluster counts once.
 * Throws `InvariantError` below 2 clusters, and where hits are not among as many trials.
 * Source: Rao and Scott 1992 (doi 10.2307/2532311).
 */
export function clusteredShare(clusters: readonly Cluster[]): Proportion & { readonly designEffect: number } {
  const m = clusters.length;
  const wrong = clusters.find(({ hits, n }) => !(hits >= 0 && hits <= n && n > 0));
  if (m < 2 || wrong !== undefined)
    throw new InvariantError(
      wrong ? `${wrong.hits} of ${wrong.n} is no share` : `${m} clusters: at least 2 are needed`,
    );
  const n = clusters.reduce((sum, each) => sum + each.n, 0);
  const share = clusters.reduce((sum, each) => sum + each.hits, 0) / n;
  const spread = clusters.reduce((sum, each) => sum + (each.hits - share * each.n) ** 2, 0);
  const variance = ((m / (m - 1)) * spread) / n ** 2;
  const alone = (share * (1 - share)) / n;
  const single = clusters.every((each) => each.n === 1);
  const designEffect = single ? 1 : alone === 0 ? n / m : Math.max(1, variance / alone);
  return { share, n: n / designEffect, designEffect };
}

/**
 * How far from the margin a difference of shares must lie to be found with probability `power` at two-sided alpha, by the normal
 * approximation at the shares: (z(1 - alpha / 2) + z(power)) sqrt(pa (1 - pa) / na + pb (1 - pb) / nb).
 * Source: Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, section 4.2, without its pooling.
 */
export function minimumDetectableDifference(a: Proportion, b: Proportion, power = 0.8, alpha = 0.05): number {
  const reach = normalQuantile(1 - alpha / 2, 0, 1) + normalQuantile(fraction(power, 'power'), 0, 1);
  const variance = ({ share, n }: Proportion): number => (share * (1 - share)) / n;
  return reach * Math.sqrt(variance(a) + variance(b));
}
