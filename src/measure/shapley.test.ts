import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shapley } from './shapley.ts';

test('the worked example of three players', () => {
  // A glove game: part 0 has a left glove, 1 and 2 a right one each; a pair is worth 1. Values 2/3, 1/6, 1/6 (textbooks).
  const worth = [0, 0, 0, 1, 0, 1, 0, 1];
  const { parts, pairs } = shapley(worth);
  expect(parts.map((x) => Number(x.toFixed(6)))).toEqual([0.666667, 0.166667, 0.166667]);
  // Left with either right: (1 - 0) alone and 0 beside the other; the two right ones are in each other's place.
  expect(pairs.map(({ of, interaction }) => [...of, interaction])).toEqual([
    [0, 1, 0.5],
    [0, 2, 0.5],
    [1, 2, -0.5],
  ]);
});

test('shares sum to the whole, and parts that only add up do not interact', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }).chain((n) =>
        fc.record({
          values: fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 2 ** n, maxLength: 2 ** n }),
          alone: fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: n, maxLength: n }),
        }),
      ),
      ({ values, alone }) => {
        const sum = shapley(values).parts.reduce((total, part) => total + part, 0);
        expect(sum).toBeCloseTo((values.at(-1) as number) - (values[0] as number), 8);
        const added = values.map((_, set) => alone.reduce((total, x, i) => total + ((set >> i) & 1) * x, 0));
        const { parts, pairs } = shapley(added);
        for (const [i, part] of parts.entries()) expect(part).toBeCloseTo(alone[i] as number, 8);
        for (const { interaction } of pairs) expect(interaction).toBeCloseTo(0, 8);
      },
    ),
    { seed: 1 },
  );
});

test('values of some sets alone are refused', () => {
  expect(() => shapley([0, 1, 2])).toThrow(/3 values/);
  expect(() => shapley([0])).toThrow(/1 values/);
});
