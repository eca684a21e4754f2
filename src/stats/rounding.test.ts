import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stream } from '../core/rng.ts';
import { hedgesGav, hedgesGz } from './effect-size.ts';
import { meanInterval, tTest } from './paired.ts';
import { signFlipTest } from './permutation.ts';
import { spearman } from './rank.ts';
import { compare } from './rounding.ts';
import { summarise } from './sample.ts';

/** The same number by ways of its own, so that the bits differ. */
const SAME = [0.8 - 0.5, 0.3, 0.1 + 0.2, 0.9 / 3, 1.3 - 1, 0.7 - 0.4];

test('numbers that differ by rounding are ties, others are not, at every scale', () => {
  expect(SAME.map((value) => compare(value, 0.3))).toEqual([0, 0, 0, 0, 0, 0]);
  expect(compare(0.1 + 0.2 - 0.3, 0, [0.1, 0.2, 0.3])).toBe(0);
  expect(compare(0.1 + 0.2 - 0.3, 0)).toBe(1);
  expect([compare(0, 0), compare(0, -0), compare(5e-324, 0)]).toEqual([0, 0, 1]);
  fc.assert(
    fc.property(fc.integer({ min: -170, max: 170 }), (power) => {
      const unit = 10 ** power;
      expect(compare(1.000001 * unit, unit)).toBe(1);
      expect(compare((0.8 - 0.5) * unit, 0.3 * unit)).toBe(0);
      expect(compare(-unit, unit)).toBe(-1);
    }),
    { seed: 1 },
  );
});

test('noise of rounding is no spread: sd 0, no effect size, the limit of p', () => {
  expect(new Set(SAME).size).toBeGreaterThan(1);
  expect(summarise(SAME)).toMatchObject({ n: 6, sd: 0 });
  expect(hedgesGz(SAME)).toBeNull();
  expect(hedgesGav(SAME, [...SAME].reverse())).toBeNull();
  expect(meanInterval(SAME).interval.low).toBe(meanInterval(SAME).interval.high);
  expect(tTest(SAME, 0.3, 'two-sided')).toMatchObject({ t: 0, p: 1 });
  expect(tTest(SAME, 0.3, 'greater').p).toBe(0.5);
  expect(tTest(SAME, 0.2, 'greater').p).toBe(0);
  expect(signFlipTest(SAME, 0.3, 'two-sided', stream(0, 'noise')).p).toBe(1);
  expect(spearman(SAME, [1, 2, 3, 4, 5, 6])).toBeNull();
});

test('values that tie but for rounding share their rank', () => {
  const x = [0.1 + 0.2, 0.3, 0.5, 0.8 - 0.3, 0.9, 1];
  expect(spearman(x, [1, 2, 3, 4, 5, 6])).toEqual(spearman([1, 1, 2, 2, 3, 4], [1, 2, 3, 4, 5, 6]));
});

test('scaling scales mean and sd and nothing else, where squares would vanish or overflow', () => {
  const values = fc.array(fc.integer({ min: -80, max: 80 }), { minLength: 2, maxLength: 10 });
  fc.assert(
    fc.property(values, fc.integer({ min: -170, max: 170 }), (whole, power) => {
      const unit = 10 ** power;
      const scaled = whole.map((value) => value * unit);
      const [ours, theirs] = [summarise(whole), summarise(scaled)];
      expect(Math.abs(theirs.mean / unit - ours.mean)).toBeLessThan(1e-10);
      expect(Math.abs(theirs.sd / unit - ours.sd)).toBeLessThan(1e-10);
      expect(tTest(scaled, 7 * unit, 'less').p).toBeCloseTo(tTest(whole, 7, 'less').p, 10);
    }),
    { seed: 1 },
  );
  expect(summarise([1e-170, 3e-170]).sd / 1e-170).toBeCloseTo(Math.SQRT2, 12);
  expect(summarise([5e-324, 1.5e-323]).sd).toBeGreaterThan(0);
  expect(summarise([1.7e308, 1.6e308]).mean).toBeCloseTo(1.65e308, -295);
});
