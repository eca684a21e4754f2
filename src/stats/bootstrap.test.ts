import { expect, test } from 'vitest';
import golden from '../../fixtures/golden/bootstrap.json' with { type: 'json' };
import { InputError } from '../core/errors.ts';
import { stream } from '../core/rng.ts';
import { bcaInterval } from './bootstrap.ts';

// Two bootstraps with different draws agree within their Monte Carlo error: a twentieth of the standard error here.
test.each(golden.cases)('BCa interval agrees with SciPy: $name', ({ values, low, high, se }) => {
  const interval = bcaInterval(values, stream(1, 'bootstrap'), 50_000);
  expect(Math.abs(interval.low - low)).toBeLessThan(se / 20);
  expect(Math.abs(interval.high - high)).toBeLessThan(se / 20);
});

test('equal values collapse it; too few resamples are refused', () => {
  expect(bcaInterval([2, 2, 2], stream(1, 'bootstrap'))).toEqual({ low: 2, high: 2, level: 0.95 });
  expect(() => bcaInterval([1, 2, 3], stream(1, 'bootstrap'), 50)).toThrow(InputError);
});
