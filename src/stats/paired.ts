import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { finite } from '../core/errors.ts';
import { compare } from './rounding.ts';
import { fraction, type Summary, summarise } from './sample.ts';

/** A two-sided confidence interval in the values' unit; `level` is its nominal coverage in (0, 1). */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly level: number;
}

/** The alternative hypothesis about the mean, against a given number. */
export type Alternative = 'greater' | 'less' | 'two-sided';

export interface MeanInterval extends Summary {
  readonly standardError: number;
  readonly df: number;
  readonly interval: Interval;
}

export interface TTest {
  readonly t: number;
  readonly df: number;
  readonly p: number;
}

/**
 * t interval of the mean of one number a replicate (for a contrast: the paired difference).
 * mean +- t(1 - (1 - level) / 2; n - 1) sd / sqrt(n), all in the values' unit; sd 0 collapses it to the mean.
 * Throws `InputError` below 2 values or on a level outside (0, 1), `InvariantError` on a number that is not finite.
 * Oracle: SciPy `ttest_1samp(values, 0).confidence_interval(level)`.
 */
export function meanInterval(values: readonly number[], level = 0.95): MeanInterval {
  fraction(level, 'confidence level');
  const summary = summarise(values);
  const standardError = summary.sd / Math.sqrt(summary.n);
  return { ...summary, standardError, df: summary.n - 1, interval: tInterval(summary, level) };
}

/** The t interval of a mean from its summary, as in `meanInterval`. Throws `InvariantError` on ends that are not finite. */
export function tInterval({ n, mean, sd }: Summary, level: number): Interval {
  const half = tQuantile((1 + level) / 2, n - 1) * (sd / Math.sqrt(n));
  const low = finite(mean - half, 'the lower end of the interval');
  const high = finite(mean + half, 'the upper end of the interval');
  return { low, high, level };
}

/**
 * One-sample t test of the mean of one number a replicate (the paired t test when the values are differences).
 * t = (mean - against) / (sd / sqrt(n)), df = n - 1.
 * At sd 0 we take the limit where SciPy gives NaN: t = +-Infinity, so p is 0 or 1; and t = 0 when the mean equals
 * `against` but for rounding (1e-12 of the largest |number| that there can be), so p is 0.5 one-sided and 1 two-sided.
 * Throws `InputError` below 2 values, `InvariantError` on a number that is not finite.
 * Oracle: SciPy `ttest_1samp(values, against, alternative=alternative)`.
 */
export function tTest(values: readonly number[], against: number, alternative: Alternative): TTest {
  return tTestOf(summarise(values), against, alternative);
}

/** The t test of a mean from its summary, as in `tTest`. */
export function tTestOf({ n, mean, sd }: Summary, against: number, alternative: Alternative): TTest {
  finite(against, 'the number to test against');
  const df = n - 1;
  const reach = Math.abs(mean) + sd * Math.sqrt(n);
  const t = compare(mean, against, [reach]) === 0 ? 0 : (mean - against) / (sd / Math.sqrt(n));
  if (alternative === 'two-sided') return { t, df, p: 2 * tCdf(-Math.abs(t), df) };
  return { t, df, p: tCdf(alternative === 'greater' ? -t : t, df) };
}
