import { mean, sampleStandardDeviation } from 'simple-statistics';
import { finite, InputError } from '../core/errors.ts';

/** Number, mean and sample standard deviation (denominator n - 1) of one number a replicate, in the values' unit. */
export interface Summary {
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
}

/**
 * Summary of one number a replicate; equal values give exactly that value and sd 0, free of rounding.
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
  const first = values[0] as number;
  const constant = values.every((value) => value === first);
  return {
    n: values.length,
    mean: constant ? first : finite(mean([...values]), 'the mean over replicates'),
    sd: constant ? 0 : finite(sampleStandardDeviation([...values]), 'the standard deviation over replicates'),
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
