import { expect, test } from 'vitest';
import golden from '../../fixtures/golden/effect-size.json' with { type: 'json' };
import { InputError, InvariantError } from '../core/errors.ts';
import { hedgesGav, hedgesGz } from './effect-size.ts';

test.each(golden.cases)('g_z agrees with NumPy: $name', ({ values, g }) => {
  expect(hedgesGz(values)).toBeCloseTo(g, 12);
});

test('g_av agrees with pingouin 0.5 compute_effsize(a, b, paired=True, eftype="hedges")', () => {
  expect(hedgesGav([1, 2, 3, 4, 5, 6, 7], [1, 3, 5, 7, 9, 11, 13])).toBeCloseTo(-0.8222477210374874, 12);
  expect(() => hedgesGav([1, 2], [1, 2, 3])).toThrow(InputError);
});

test('g_z is null where sd is 0', () => {
  expect(hedgesGz([0.1, 0.1, 0.1])).toBeNull();
});

test('bad input throws', () => {
  expect(() => hedgesGz([1])).toThrow(InputError);
  expect(() => hedgesGz([1, 2, Number.NaN])).toThrow(InvariantError);
});
