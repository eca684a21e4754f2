import fc from 'fast-check';
import { expect, test } from 'vitest';
import golden from '../../fixtures/golden/exploration.json' with { type: 'json' };
import { InvariantError } from '../core/errors.ts';
import { minimumDetectableShare, weightedShare, wilson } from './proportion.ts';
import { spearman } from './rank.ts';

test.each(golden.wilson)('the interval of $k of $n agrees with statsmodels', ({ k, n, level, low, high }) => {
  expect(wilson(k, n, level).low).toBeCloseTo(low, 12);
  expect(wilson(k, n, level).high).toBeCloseTo(high, 12);
});

test('an interval contains its share, narrows with n, and is refused for what is no share', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(), (n, seed) => {
      const hits = seed % (n + 1);
      const { low, high } = wilson(hits, n);
      expect(low <= hits / n && hits / n <= high && low >= 0 && high <= 1).toBe(true);
      const wider = wilson(4 * hits, 4 * n);
      expect(wider.high - wider.low).toBeLessThan(high - low);
    }),
    { seed: 1 },
  );
  for (const [hits, n] of [
    [2, 1],
    [-1, 5],
    [0, 0],
    [0.5, 2],
  ] as const)
    expect(() => wilson(hits, n)).toThrow(InvariantError);
});

test('shares are weighed, and their intervals put together by square and add', () => {
  // Worked out by the formulas, apart from this code.
  const both = weightedShare([
    { hits: 3, n: 4, weight: 0.8 },
    { hits: 1, n: 2, weight: 0.2 },
  ]);
  expect(both.share).toBeCloseTo(0.7, 12);
  expect(both.interval.low).toBeCloseTo(0.33148031253, 10);
  expect(both.interval.high).toBeCloseTo(0.88253306881, 10);
  const { low, high } = wilson(3, 4);
  const alone = weightedShare([
    { hits: 3, n: 4, weight: 1 },
    { hits: 1, n: 2, weight: 0 },
  ]);
  expect(alone.interval.low).toBeCloseTo(low, 12);
  expect(alone.interval.high).toBeCloseTo(high, 12);
  expect(() => weightedShare([{ hits: 3, n: 4, weight: 0.8 }])).toThrow(/sum to 0.8/);
});

test.each(golden.spearman)('rank correlation and its interval agree with SciPy: case %#', ({
  x,
  y,
  rho,
  low,
  high,
}) => {
  const found = spearman(x, y);
  if (x.length < 5) return expect(found).toBeNull();
  expect(found?.rho).toBeCloseTo(rho, 12);
  expect(found?.interval.low).toBeCloseTo(low as number, 9);
  expect(found?.interval.high).toBeCloseTo(high as number, 9);
});

test.each(golden.detectable)('the detectable distance from $share at n = $n agrees with SciPy', ({
  share,
  n,
  value,
}) => {
  expect(minimumDetectableShare(share, n)).toBeCloseTo(value, 9);
});

test('rank correlation is symmetric, flips with an order, ignores monotone changes, and lies in its interval', () => {
  const list = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(list, list, (x, y) => {
      const found = spearman(x, y);
      if (found === null) return;
      expect(spearman(y, x)?.rho).toBeCloseTo(found.rho, 12);
      expect(
        spearman(
          x.map((value) => -value),
          y,
        )?.rho,
      ).toBeCloseTo(-found.rho, 12);
      expect(spearman(x.map(Math.exp), y)?.rho).toBeCloseTo(found.rho, 12);
      expect(found.interval.low <= found.rho && found.rho <= found.interval.high).toBe(true);
    }),
    { seed: 1 },
  );
  expect(spearman([1, 1, 1, 1, 1], [1, 2, 3, 4, 5])).toBeNull();
  expect(() => spearman([1, 2], [1])).toThrow(InvariantError);
  expect(() => spearman([1, 2, 3, 4, Number.NaN], [1, 2, 3, 4, 5])).toThrow(InvariantError);
});
