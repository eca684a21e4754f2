import { expect, test } from 'vitest';
import golden from '../../fixtures/golden/skewness.json' with { type: 'json' };
import { InputError, InvariantError } from '../core/errors.ts';
import { skewness } from './skewness.ts';

test.each(golden.cases)('skewness agrees with SciPy: $skewness', ({ values, skewness: known }) => {
  expect(skewness(values)).toBeCloseTo(known, 12);
  expect(skewness(values.map((value) => 3 - 1e170 * value))).toBeCloseTo(-known, 10);
});

test('it is null where sd is 0, and bad input throws', () => {
  expect(skewness([0.3, 0.1 + 0.2, 0.8 - 0.5])).toBeNull();
  expect(() => skewness([1])).toThrow(InputError);
  expect(() => skewness([1, Number.NaN])).toThrow(InvariantError);
});
