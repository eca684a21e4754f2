import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InvariantError } from '../core/errors.ts';
import { stream } from '../core/rng.ts';
import { judgeShare } from './share.ts';
import { equivalentWithin, greaterThan } from './verdict.ts';

const most = greaterThan(0.6);
const held = { premiseFailed: false };

test('a share is supported or refuted where its Wilson interval lies wholly beyond the margin', () => {
  expect(judgeShare(most, 9, 9, held)).toMatchObject({ verdict: 'supported', mean: 1, sd: 0, n: 9 });
  expect(judgeShare(most, 8, 9, held).verdict).toBe('inconclusive');
  expect(judgeShare(most, 1, 9, held).verdict).toBe('refuted');
});

test('without a usable setup, or with too few, the premise failed, whatever the share', () => {
  expect(judgeShare(most, 0, 0, held)).toMatchObject({ verdict: 'premise failed', interval: { low: 0, high: 1 } });
  expect(judgeShare(most, 9, 9, { premiseFailed: true })).toMatchObject({ verdict: 'premise failed', mean: 1 });
});

test('p is below 0.05 exactly where the interval decides', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.nat(),
      fc.double({ min: 0.05, max: 0.95, noNaN: true }),
      (n, k, margin) => {
        const { verdict, pDecided, interval } = judgeShare(greaterThan(margin), k % (n + 1), n, held);
        // At 0 or n hits Wilson's interval ends at the share itself, beyond every margin: there both agree as well.
        if (Math.min(Math.abs(interval.low - margin), Math.abs(interval.high - margin)) < 1e-9) return;
        expect(pDecided < 0.05).toBe(verdict !== 'inconclusive');
      },
    ),
    { seed: 1, numRuns: 500 },
  ));

test('a share that equals the margin but for rounding has p 0.5 and decides nothing', () => {
  expect(judgeShare(greaterThan(0.1 + 0.2), 3, 10, held)).toMatchObject({
    ...{ verdict: 'inconclusive', p: 0.5, pDecided: 1, warning: null },
  });
  const { low } = judgeShare(most, 32, 40, held).interval;
  expect(judgeShare(greaterThan(low + 1e-16), 32, 40, held).verdict).toBe('inconclusive');
  expect(judgeShare(greaterThan(low - 1e-9), 32, 40, held).verdict).toBe('supported');
});

test('one more hit never weakens a verdict', () => {
  const rank = { refuted: 0, inconclusive: 1, supported: 2, 'premise failed': -1 };
  for (const n of [5, 12, 40]) {
    const ranks = Array.from({ length: n + 1 }, (_, hits) => rank[judgeShare(most, hits, n, held).verdict]);
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  }
});

test('at a true share of the margin a verdict is given in about 5 % of studies, and a far one is found', () => {
  const rng = stream(1, 'share');
  const decided = (share: number, n: number): number => {
    let count = 0;
    for (let study = 0; study < 4000; study++) {
      const hits = Array.from({ length: n }).filter(() => rng.uniform() < share).length;
      if (judgeShare(most, hits, n, held).verdict !== 'inconclusive') count++;
    }
    return count / 4000;
  };
  for (const n of [12, 40]) expect(Math.abs(decided(0.6, n) - 0.055)).toBeLessThan(0.04);
  expect(decided(0.95, 40)).toBeGreaterThan(0.95);
});

test('only a least share between 0 and 1 can be asked for', () => {
  expect(() => judgeShare(equivalentWithin(0.1), 1, 2, held)).toThrow(InvariantError);
  expect(() => judgeShare(greaterThan(1), 1, 2, held)).toThrow(InvariantError);
  expect(() => judgeShare(most, 3, 2, held)).toThrow(InvariantError);
});
