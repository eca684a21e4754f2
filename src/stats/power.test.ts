import { expect, test } from 'vitest';
import golden from '../../fixtures/golden/power.json' with { type: 'json' };
import { InputError, InvariantError } from '../core/errors.ts';
import { equivalencePower, minimumDetectableEffect, tTestPower } from './power.ts';

test.each(golden.power)('power agrees with statsmodels and mpmath: d = $effect, n = $n, alpha = $alpha', (row) => {
  expect(Math.abs(tTestPower(row.effect, row.n, row.alpha) - row.power)).toBeLessThan(1e-10);
});

test.each(golden.minimumDetectable)('minimum detectable effect agrees with mpmath: sd = $sd, n = $n', (row) => {
  expect(minimumDetectableEffect(row.sd, row.n, row.power) / row.effect).toBeCloseTo(1, 8);
});

test.each(
  golden.equivalence,
)('power of TOST agrees with mpmath: mean = $mean, sd = $sd, n = $n, alpha = $alpha', (row) => {
  const { mean, sd, margin, n, alpha } = row;
  expect(Math.abs(equivalencePower(mean, sd, margin, n, alpha) - row.power)).toBeLessThan(1e-9);
  expect(equivalencePower(-mean, sd, margin, n, alpha)).toBeCloseTo(row.power, 9);
});

test('without spread an equivalence is shown wherever it is true', () => {
  expect([0, 0.049, 0.05, -0.06].map((mean) => equivalencePower(mean, 0, 0.05, 6))).toEqual([1, 1, 0, 0]);
});

test('bad arguments are refused', () => {
  expect(() => minimumDetectableEffect(Number.NaN, 12)).toThrow(InvariantError);
  expect(() => minimumDetectableEffect(-1, 12)).toThrow(InvariantError);
  expect(() => minimumDetectableEffect(1, 1)).toThrow(InputError);
  expect(() => minimumDetectableEffect(1, 12, 0.01)).toThrow(InputError);
  expect(() => equivalencePower(0, -1, 1, 12)).toThrow(InvariantError);
  expect(() => equivalencePower(0, 1, -1, 12)).toThrow(InvariantError);
  expect(() => equivalencePower(Number.NaN, 1, 1, 12)).toThrow(InvariantError);
  expect(() => equivalencePower(0, 1, 1, 1)).toThrow(InputError);
  expect(() => equivalencePower(0, 1, 1, 12, 0.5)).toThrow(InputError);
});
