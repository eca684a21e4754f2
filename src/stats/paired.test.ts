import { expect, test } from 'vitest';
import golden from '../../fixtures/golden/paired.json' with { type: 'json' };
import { InputError, InvariantError } from '../core/errors.ts';
import { type Alternative, meanInterval, tTest } from './paired.ts';

const alternatives: readonly Alternative[] = ['greater', 'less', 'two-sided'];

test.each(golden.cases)('t interval and t test agree with SciPy: $name', ({
  values,
  against,
  mean,
  sd,
  t,
  p,
  interval,
}) => {
  for (const level of ['0.9', '0.95', '0.99'] as const) {
    const ours = meanInterval(values, Number(level));
    expect(ours.mean).toBeCloseTo(mean, 12);
    expect(ours.sd).toBeCloseTo(sd, 12);
    expect(ours.interval.low).toBeCloseTo(interval[level][0] as number, 10);
    expect(ours.interval.high).toBeCloseTo(interval[level][1] as number, 10);
  }
  for (const alternative of alternatives) {
    const ours = tTest(values, against, alternative);
    expect(ours.t).toBeCloseTo(t, 10);
    expect(ours.df).toBe(values.length - 1);
    expect(ours.p).toBeCloseTo(p[alternative], 10);
  }
});

test('equal replicates collapse the interval and give a limit, never NaN', () => {
  const values = [0.1, 0.1, 0.1];
  expect(meanInterval(values)).toMatchObject({ mean: 0.1, sd: 0, interval: { low: 0.1, high: 0.1, level: 0.95 } });
  const p = (against: number): number[] => alternatives.map((alternative) => tTest(values, against, alternative).p);
  expect(p(0)).toEqual([0, 1, 0]);
  expect(p(0.2)).toEqual([1, 0, 0]);
  expect(p(0.1)).toEqual([0.5, 0.5, 1]);
  expect(tTest(values, 0, 'greater').t).toBe(Number.POSITIVE_INFINITY);
});

test('bad input throws', () => {
  expect(() => meanInterval([1])).toThrow(InputError);
  expect(() => meanInterval([1, Number.NaN])).toThrow(InvariantError);
  expect(() => meanInterval([1, Number.POSITIVE_INFINITY])).toThrow(InvariantError);
  expect(() => meanInterval([1e308, -1e308])).toThrow(InvariantError);
  expect(() => tTest([1, 2], Number.NaN, 'less')).toThrow(InvariantError);
  for (const level of [0, 1, Number.NaN]) expect(() => meanInterval([1, 2], level)).toThrow(InputError);
});
