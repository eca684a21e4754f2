import fc from 'fast-check';
import { expect, test } from 'vitest';
import golden from '../../fixtures/golden/nested.json' with { type: 'json' };
import { InputError, InvariantError } from '../core/errors.ts';
import { nestedVariance } from './nested.ts';

test.each(golden.cases)('components agree with mean squares of statsmodels: $name', ({ values, ...wanted }) => {
  const found = nestedVariance(values);
  for (const level of ['group', 'subgroup', 'within'] as const) expect(found[level]).toBeCloseTo(wanted[level], 10);
});

const design = fc.array(
  fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 2 }), { minLength: 3, maxLength: 3 }),
  { minLength: 2, maxLength: 5 },
);

test('a shift changes nothing, a scale all alike, and neither does the order of anything', () => {
  fc.assert(
    fc.property(design, fc.integer({ min: -9, max: 9 }), (values, shift) => {
      const found = nestedVariance(values);
      const shifted = nestedVariance(values.map((of) => of.map((inner) => inner.map((x) => 3 * x + shift))));
      const turned = nestedVariance(
        [...values].reverse().map((of) => [...of].reverse().map((each) => [...each].reverse())),
      );
      for (const level of ['group', 'subgroup', 'within'] as const) {
        expect(shifted[level]).toBeCloseTo(9 * found[level], 6);
        expect(turned[level]).toBeCloseTo(found[level], 8);
        expect(found[level]).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

test('what differs at one level only is told at that one', () => {
  const at = (of: (i: number, j: number, k: number) => number) =>
    nestedVariance([0, 1, 2].map((i) => [0, 1].map((j) => [0, 1].map((k) => of(i, j, k)))));
  expect(at((i) => i)).toEqual({ group: 1, subgroup: 0, within: 0 });
  expect(at((_, j) => j)).toEqual({ group: 0, subgroup: 0.5, within: 0 });
  expect(at((_, __, k) => k)).toEqual({ group: 0, subgroup: 0, within: 0.5 });
});

test.each([
  [[]],
  [[[[1, 2]], [[1, 2]]]],
  [
    [
      [[1], [2]],
      [[1], [2]],
    ],
  ],
  [
    [
      [
        [1, 2],
        [1, 2],
      ],
      [[1, 2]],
    ],
  ],
])('%j is refused', (values) => {
  expect(() => nestedVariance(values)).toThrow(InputError);
  expect(() => nestedVariance(values)).toThrow(/as many in each/);
});

test('a value that is not finite is no value', () => {
  expect(() =>
    nestedVariance([
      [
        [1, 2],
        [1, Number.NaN],
      ],
      [
        [1, 2],
        [3, 4],
      ],
    ]),
  ).toThrow(InvariantError);
});
