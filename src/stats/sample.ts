import { mean, sampleStandardDeviation } from 'simple-statistics';
import { finite, InputError } from '../core/errors.ts';
import { largestOf, ROUNDING } from './rounding.ts';

/** Number, mean and sample standard deviation (denominator n - 1) of one number a replicate, in the values' unit. */
export interface Summary {
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
}

/**
 * Summary of one number a replicate. Equal values give exactly that value and sd 0; values that are equal but for
 * rounding (a range of at most 1e-12 of the largest |value|) have sd 0 as well, as that noise is no spread. Computed in
 * units of a power of two near the largest |value|, so that squares neither vanish at 1e-170 nor overflow at 1e170.
 * Throws `InputError` below 2 values and `InvariantError` on a value, or a summary, that is not finite.
 */
export function summarise(values: readonly number[]): Summary {
  if (values.length < 2) {
    throw new InputError('too few replicates', {
      expected: 'one number from each of at least 2 replicates',
      got: `${values.length}`,
      todo: 'register more replicates',
    });
  }
  for (const [index, value] of values.entries()) finite(value, `the value of replicate ${index}`);
  const n = values.length;
  const first = values[0] as number;
  if (values.every((value) => value === first)) return { n, mean: first, sd: 0 };
  const largest = largestOf(values);
  const unit = 2 ** Math.min(1023, Math.floor(Math.log2(largest)));
  const scaled = values.map((value) => value / unit);
  const noise = Math.max(...scaled) - Math.min(...scaled) <= ROUNDING * (largest / unit);
  return {
    n,
    mean: finite(mean(scaled) * unit, 'the mean over replicates'),
    sd: noise ? 0 : finite(sampleStandardDeviation(scaled) * unit, 'the standard deviation over replicates'),
  };
}

/** Returns `value` when it lies in the open interval (0, 1). Throws `InputError` naming `what` otherwise. */
export function fraction(value: number, what: string): number {
  if (value > 0 && value < 1) return value;
  throw new InputError(what, {
    expected: 'a number between 0 and 1, both excluded',
    got: `${value}`,
    todo: `pass another ${what}`,
  });
}
