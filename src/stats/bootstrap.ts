import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { finite, InputError } from '../core/errors.ts';
import type { Rng } from '../core/rng.ts';
import { normalCdf } from './normal.ts';
import type { Interval } from './paired.ts';
import { largestOf, ROUNDING } from './rounding.ts';
import { fraction, summarise } from './sample.ts';

/**
 * Bias-corrected and accelerated (BCa) bootstrap interval of the mean of one number a replicate, in the values' unit.
 * Replicates are drawn with replacement, `resamples` times; ends are the quantiles at
 * Phi(z0 + (z0 + z) / (1 - a (z0 + z))), z = Phi^-1((1 -+ level) / 2), where z0 = Phi^-1(share of resampled means
 * below the mean, ties counted half) and a = sum d^3 / (6 (sum d^2)^1.5) with d = value - mean (the jackknife's
 * acceleration of a mean). Quantiles interpolate linearly. sd 0 collapses it to the mean.
 * It covers too rarely at small n, so it never decides a verdict.
 * Throws `InputError` below 2 values or 100 resamples or on a level outside (0, 1), `InvariantError` on a number that
 * is not finite. Source: Efron 1987; oracle: SciPy `bootstrap(method='BCa')`. Our deviation: means closer than 1e-12
 * of the largest |value| are ties, where SciPy lets rounding order them.
 */
export function bcaInterval(values: readonly number[], rng: Rng, resamples = 9999, level = 0.95): Interval {
  fraction(level, 'confidence level');
  if (!Number.isSafeInteger(resamples) || resamples < 100) {
    throw new InputError('bootstrap resamples', {
      expected: 'a whole number of 100 or more',
      got: `${resamples}`,
      todo: 'use the default',
    });
  }
  const { n, mean, sd } = summarise(values);
  if (sd === 0) return { low: mean, high: mean, level };
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let draw = 0; draw < n; draw++) sum += values[rng.integer(n)] as number;
    return finite(sum / n, 'a resampled mean');
  }).sort();

  const tie = ROUNDING * largestOf(values);
  const below = means.filter((m) => m < mean - tie).length;
  const notAbove = means.filter((m) => m <= mean + tie).length;
  const z0 = finite(normalQuantile((below + notAbove) / (2 * resamples), 0, 1), 'the bias correction of the bootstrap');
  const scaled = values.map((value) => (value - mean) / sd);
  const acceleration = scaled.reduce((sum, d) => sum + d ** 3, 0) / (6 * (n - 1) ** 1.5);

  const end = (probability: number): number => {
    const z = z0 + normalQuantile(probability, 0, 1);
    return quantile(means, normalCdf(z0 + z / (1 - acceleration * z)));
  };
  return { low: end((1 - level) / 2), high: end((1 + level) / 2), level };
}

/** The `probability` quantile of ascending numbers, linear between order statistics (type 7, NumPy's default). */
function quantile(ascending: Float64Array, probability: number): number {
  const position = probability * (ascending.length - 1);
  const below = Math.floor(position);
  const low = ascending[below] as number;
  const high = ascending[Math.min(below + 1, ascending.length - 1)] as number;
  return finite(low + (position - below) * (high - low), 'a quantile of the resampled means');
}
