import { expect, test } from 'vitest';
import golden from '../../fixtures/golden/equivalence.json' with { type: 'json' };
import { InputError, InvariantError } from '../core/errors.ts';
import { equivalenceTest } from './equivalence.ts';

test.each(golden.cases)('TOST agrees with statsmodels: $name', ({ values, margin, p, pLower, pUpper, interval }) => {
  const ours = equivalenceTest(values, margin);
  expect(ours.p).toBeCloseTo(p, 10);
  expect(ours.pLower).toBeCloseTo(pLower, 10);
  expect(ours.pUpper).toBeCloseTo(pUpper, 10);
  expect(ours.interval.level).toBeCloseTo(0.9, 12);
  expect(ours.interval.low).toBeCloseTo(interval[0] as number, 10);
  expect(ours.interval.high).toBeCloseTo(interval[1] as number, 10);
  expect(ours.p < 0.05).toBe(ours.interval.low > -margin && ours.interval.high < margin);
});

test('bad input throws', () => {
  for (const margin of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => equivalenceTest([1, 2], margin)).toThrow(InputError);
  }
  for (const alpha of [0, 0.5, Number.NaN]) expect(() => equivalenceTest([1, 2], 1, alpha)).toThrow(InputError);
  expect(() => equivalenceTest([1, Number.NaN], 1)).toThrow(InvariantError);
});
