import { finite } from '../core/errors.ts';
import { summarise } from './sample.ts';

/**
 * Sample skewness g1 = m3 / m2^1.5, where m_k is the mean of (value - mean)^k over the replicates; without unit, at most
 * (n - 2) / sqrt(n - 1) either way; null where sd is 0.
 * Throws `InputError` below 2 values, `InvariantError` on a number that is not finite. Oracle: SciPy `skew(values)`.
 */
export function skewness(values: readonly number[]): number | null {
  const { n, mean, sd } = summarise(values);
  if (sd === 0) return null;
  const third = values.reduce((sum, value) => sum + ((value - mean) / sd) ** 3, 0) / n;
  return finite(third * (n / (n - 1)) ** 1.5, 'the sample skewness');
}
