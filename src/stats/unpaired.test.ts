import { expect, test } from 'vitest';
import golden from '../../fixtures/golden/unpaired.json' with { type: 'json' };
import { InputError, InvariantError } from '../core/errors.ts';
import { clusteredShare, minimumDetectableDifference, newcombe, newcombeP, type Proportion } from './newcombe.ts';
import { tInterval, tTestOf } from './paired.ts';
import { wilson } from './proportion.ts';
import { hedgesGs, welch } from './welch.ts';

test.each(golden.welch)("Welch's difference agrees with SciPy and statsmodels: $name", (each) => {
  const { a, b, margin, df, p, interval, tost, g } = each;
  const { asOneSample, ...found } = welch(a, b);
  expect(found.df).toBeCloseTo(df, 9);
  expect(tTestOf(asOneSample, 0, 'two-sided').p).toBeCloseTo(p, 10);
  for (const level of ['0.9', '0.95'] as const) {
    const { low, high } = tInterval(asOneSample, Number(level));
    expect([low, high].map((end, i) => end / (interval[level][i] as number))).toEqual([
      expect.closeTo(1, 9),
      expect.closeTo(1, 9),
    ]);
  }
  const sides = [tTestOf(asOneSample, -margin, 'greater').p, tTestOf(asOneSample, margin, 'less').p];
  expect(Math.max(...sides)).toBeCloseTo(tost, 10);
  expect(hedgesGs(a, b)).toBeCloseTo(g, 9);
});

test('samples without spread give a difference that is certain, and no effect size', () => {
  expect(welch([2, 2], [1, 1, 1])).toMatchObject({ difference: 1, standardError: 0, df: 3 });
  expect(hedgesGs([2, 2], [1, 1, 1])).toBeNull();
  expect(() => welch([1], [1, 2])).toThrow(InputError);
  expect(() => welch([1, Number.NaN], [1, 2])).toThrow(InvariantError);
});

const share = ([hits, n]: readonly number[]): Proportion => ({
  share: (hits as number) / (n as number),
  n: n as number,
});

test.each(golden.newcombe)("Newcombe's interval agrees with statsmodels: $a - $b", ({ a, b, level, low, high }) => {
  const ours = newcombe(share(a), share(b), level);
  expect(ours.low).toBeCloseTo(low, 10);
  expect(ours.high).toBeCloseTo(high, 10);
});

test('the score interval within is that of Wilson', () => {
  // Against a share that is certain, what is left is the interval of the other one.
  const certain = { share: 0, n: 1e15 };
  for (const [hits, n] of [
    [0, 10],
    [3, 10],
    [10, 10],
    [7, 120],
  ] as const) {
    const { low, high } = newcombe(share([hits, n]), certain);
    expect(low).toBeCloseTo(wilson(hits, n).low, 6);
    expect(high).toBeCloseTo(wilson(hits, n).high, 6);
  }
});

test('p is below alpha exactly where the interval leaves the margin out', () => {
  const [a, b] = [share([56, 70]), share([48, 80])];
  const { low, high } = newcombe(a, b);
  expect(newcombeP(a, b, low)).toBeCloseTo(0.05, 10);
  expect(newcombeP(a, b, high)).toBeCloseTo(0.05, 10);
  expect(newcombeP(a, b, low - 0.01)).toBeLessThan(0.05);
  expect(newcombeP(a, b, low + 0.01)).toBeGreaterThan(0.05);
  expect(newcombeP(a, a, 0)).toBe(1);
});

test.each(golden.clustered)('clusters count for as many trials as they tell: $hits of $n', (each) => {
  const ours = clusteredShare(each.hits.map((hits, i) => ({ hits, n: each.n[i] as number })));
  expect(ours.share).toBeCloseTo(each.share, 12);
  expect(ours.designEffect).toBeCloseTo(each.designEffect, 9);
  expect(ours.n).toBeCloseTo(each.worth, 9);
});

test('clusters that agree within themselves count once each, and what is no share is refused', () => {
  const whole = Array.from({ length: 40 }, (_, i) => ({ hits: i % 2 === 0 ? 5 : 0, n: 5 }));
  expect(clusteredShare(whole).n).toBeCloseTo(39, 6);
  expect(clusteredShare(Array.from({ length: 5 }, () => ({ hits: 0, n: 200 }))).n).toBe(5);
  expect(() => clusteredShare([{ hits: 1, n: 2 }])).toThrow(InvariantError);
  expect(() =>
    clusteredShare([
      { hits: 3, n: 2 },
      { hits: 1, n: 2 },
    ]),
  ).toThrow(/3 of 2/);
  expect(() => newcombe({ share: 1.2, n: 4 }, { share: 0, n: 4 })).toThrow(InvariantError);
  expect(minimumDetectableDifference(share([50, 100]), share([50, 100]))).toBeCloseTo(0.1981, 4);
});
