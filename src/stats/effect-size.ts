import { finite, InputError } from '../core/errors.ts';
import { summarise } from './sample.ts';

/**
 * Hedges g_z of paired differences, one number a replicate: mean / sd * J(n - 1), in standard deviations of the
 * difference; null when sd is 0. At n = 2 the correction is 0, and so is g_z.
 * Throws `InputError` below 2 values, `InvariantError` on a number that is not finite.
 * Source: Lakens 2013 for the name; J as below.
 */
export function hedgesGz(values: readonly number[]): number | null {
  const { n, mean, sd } = summarise(values);
  return sd === 0 ? null : finite((mean / sd) * correction(n - 1), 'Hedges g_z');
}

/**
 * Hedges g_av of two paired arms, entry r of both from replicate r: (mean a - mean b) / s * J(2 n - 2) with
 * s = sqrt((sd_a^2 + sd_b^2) / 2), in average standard deviations of an arm; null when s is 0.
 * Throws `InputError` on unequal lengths or below 2 replicates, `InvariantError` on a number that is not finite.
 * As pingouin `compute_effsize(a, b, paired=True, eftype='hedges')` and R effsize for equal n. Lakens 2013 divides
 * by (sd_a + sd_b) / 2 where we follow pingouin.
 */
export function hedgesGav(a: readonly number[], b: readonly number[]): number | null {
  if (a.length !== b.length) {
    throw new InputError('paired arms', {
      expected: 'one number a replicate from both arms',
      got: `${a.length} and ${b.length} numbers`,
      todo: 'pair the arms by replicate',
    });
  }
  const [left, right] = [summarise(a), summarise(b)];
  const sd = Math.hypot(left.sd, right.sd) / Math.SQRT2;
  return sd === 0 ? null : finite(((left.mean - right.mean) / sd) * correction(2 * left.n - 2), 'Hedges g_av');
}

/**
 * Small-sample correction J(df) = 1 - 3 / (4 df - 1): the approximation of Hedges 1981, which pingouin and R effsize
 * use, not the exact ratio of gamma functions (0.8421 against 0.8408 at df 5).
 */
function correction(df: number): number {
  return 1 - 3 / (4 * df - 1);
}
