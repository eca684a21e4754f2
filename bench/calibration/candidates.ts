import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { Rng } from '../../src/core/rng.ts';
import { type Interval, meanInterval } from '../../src/stats/paired.ts';
import { summarise } from '../../src/stats/sample.ts';
import { skewness } from '../../src/stats/skewness.ts';

/** A way to an interval of the mean of one number a replicate, at any level. */
export interface Candidate {
  readonly name: string;
  readonly intervals: (values: readonly number[], rng: Rng) => (level: number) => Interval;
}

/** Resamples of a bootstrap-t interval: its 2.5 % quantile is the 10th, its 5 % quantile the 20th. */
const RESAMPLES = 399;

/** The interval that decides: Student's t. */
const student: Candidate = {
  name: "Student's t",
  intervals: (values) => (level) => meanInterval(values, level).interval,
};

/**
 * Student's t, shifted by skewness * sd / (6 n) toward the longer tail. Source: Johnson 1978, Modified t tests and
 * confidence intervals for asymmetrical populations, J. Am. Stat. Assoc. 73, 536.
 */
const johnson: Candidate = {
  name: "Johnson's t",
  intervals: (values) => (level) => {
    const { n, sd, interval } = meanInterval(values, level);
    const shift = ((skewness(values) ?? 0) * sd) / (6 * n);
    return { low: interval.low + shift, high: interval.high + shift, level };
  },
};

/**
 * mean - g^-1(+-t) sd / sqrt(n) with g(T) = T + g1 T^2 / (3 sqrt(n)) + g1^2 T^3 / (27 n) + g1 / (6 sqrt(n)), g1 the sample
 * skewness: a monotone cubic that takes the skewness out of T. Source: Hall 1992, On the removal of skewness by
 * transformation, J. R. Stat. Soc. B 54, 221; with t instead of normal quantiles, as n is small.
 */
const hall: Candidate = {
  name: "Hall's transform",
  intervals: (values) => (level) => {
    const { n, mean, sd } = summarise(values);
    const root = Math.sqrt(n);
    const g1 = skewness(values) ?? 0;
    const inverse = (x: number): number =>
      Math.abs(g1) < 1e-9 ? x : ((3 * root) / g1) * (Math.cbrt(1 + g1 * (x / root - g1 / (6 * n))) - 1);
    const t = tQuantile((1 + level) / 2, n - 1);
    return { low: mean - (inverse(t) * sd) / root, high: mean - (inverse(-t) * sd) / root, level };
  },
};

/**
 * mean - q(1 - a) sd / sqrt(n) to mean - q(a) sd / sqrt(n), a = (1 - level) / 2, q the quantiles of t over resamples with
 * replacement, each against the mean of the sample. A resample of equal values has t = +-Infinity, or 0 where its mean is
 * the sample's: at small n an end may be infinite. Source: Efron 1982; Hall 1988.
 */
const bootstrapT: Candidate = {
  name: 'bootstrap-t',
  intervals: (values, rng) => {
    const { n, mean, sd } = summarise(values);
    const root = Math.sqrt(n);
    const scaled = values.map((value) => (sd === 0 ? 0 : (value - mean) / sd));
    const ts = Float64Array.from({ length: RESAMPLES }, () => {
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < n; i++) {
        const value = scaled[rng.integer(n)] as number;
        sum += value;
        squares += value * value;
      }
      const variance = (squares - (sum * sum) / n) / (n - 1);
      if (variance > 1e-12) return sum / n / Math.sqrt(variance / n);
      return Math.abs(sum) < 1e-12 ? 0 : sum * Number.POSITIVE_INFINITY;
    }).sort();
    const quantile = (probability: number): number => ts[Math.round(probability * (RESAMPLES + 1)) - 1] as number;
    const end = (probability: number): number => (sd === 0 ? mean : mean - (quantile(probability) * sd) / root);
    return (level) => ({ low: end((1 + level) / 2), high: end((1 - level) / 2), level });
  },
};

/** What might decide a verdict instead of Student's t, and that. */
export const CANDIDATES: readonly Candidate[] = [student, johnson, hall, bootstrapT];
