import { expect, test } from 'vitest';
import golden from '../../fixtures/golden/power.json' with { type: 'json' };
import { InputError, InvariantError } from '../core/errors.ts';
import { minimumDetectableEffect, tTestPower } from './power.ts';

test.each(golden.power)('power agrees with statsmodels and mpmath: d = $effect, n = $n, alpha = $alpha', (row) => {
  expect(Math.abs(tTestPower(row.effect, row.n, row.alpha) - row.power)).toBeLessThan(1e-10);
});

test.each(golden.minimumDetectable)('minimum detectable effect agrees with mpmath: sd = $sd, n = $n', (row) => {
  expect(minimumDetectableEffect(row.sd, row.n, row.power) / row.effect).toBeCloseTo(1, 8);
});

test('bad arguments are refused', () => {
  expect(() => minimumDetectableEffect(Number.NaN, 12)).toThrow(InvariantError);
  expect(() => minimumDetectableEffect(-1, 12)).toThrow(InvariantError);
  expect(() => minimumDetectableEffect(1, 1)).toThrow(InputError);
  expect(() => minimumDetectableEffect(1, 12, 0.01)).toThrow(InputError);
});
