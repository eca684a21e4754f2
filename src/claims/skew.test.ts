import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stream } from '../core/rng.ts';
import { skewWarning } from './skew.ts';
import { equivalentWithin, greaterThan, judge, judgeMean, lessThan, type Prediction } from './verdict.ts';

/** Mean 0.25, sd 0.51, a tail upward: skewness 1.8; the 95 % interval ends at 0.79. */
const RIGHT = [0.05, 0, 0.1, 1.28, 0.02, 0.05];
const LEFT = RIGHT.map((value) => -value);
const warning = (values: readonly number[], prediction: Prediction): string | null =>
  skewWarning(values, prediction, judgeMean(values, prediction).verdict);

test.each<[readonly number[], Prediction, boolean]>([
  [RIGHT, lessThan(0.9), true],
  [RIGHT, greaterThan(0.9), true],
  [RIGHT, lessThan(3), false], // beyond reach
  [RIGHT, lessThan(0.7), false], // undecided
  [RIGHT, greaterThan(-0.5), false], // the tail points away
  [LEFT, greaterThan(-0.9), true],
  [LEFT, lessThan(0.5), false],
  [RIGHT, equivalentWithin(0.9), true],
  [LEFT, equivalentWithin(0.9), true],
  [RIGHT, equivalentWithin(3), false],
  [RIGHT.map((value) => value - 2), equivalentWithin(1), true], // refuted below, the tail points to the bound
  [RIGHT.map((value) => value + 2), equivalentWithin(1), false],
  [[0.1, 0.2, 0.3, 0.4, 0.5, 0.6], lessThan(0.6), false], // no skew
  [[0.3, 0.3, 0.3], lessThan(0.4), false],
])('%j, %j: a warning is %s', (values, prediction, warned) => {
  expect(warning(values, prediction) !== null).toBe(warned);
});

test('it says how skewed the values are, how many, and where to read on, and stands in the judgement', () => {
  const options = { registered: 6, rng: stream(0, 'skew') };
  const judged = judge(RIGHT, lessThan(0.9), options);
  expect(judged.verdict).toBe('supported');
  expect(judged.warning).toMatch(/toward the margin \(skewness 1\.8\).*of 6 such values.*docs\/calibration\.md/);
  expect(judge(RIGHT, lessThan(0.9), { ...options, premiseFailed: true }).warning).toBeNull();
});

test('it is mirrored with the values and does not change with their scale', () => {
  const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 3, maxLength: 8 });
  fc.assert(
    fc.property(
      values,
      fc.integer({ min: -20, max: 20 }),
      fc.integer({ min: -160, max: 160 }),
      (set, margin, power) => {
        const ours = warning(set, greaterThan(margin));
        const unit = 10 ** power;
        expect(
          warning(
            set.map((value) => -value),
            lessThan(-margin),
          ) === null,
        ).toBe(ours === null);
        expect(
          warning(
            set.map((value) => unit * value),
            greaterThan(unit * margin),
          ),
        ).toBe(ours);
      },
    ),
    { seed: 1, numRuns: 300 },
  );
});
