import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare } from '../stats/rounding.ts';
import { endsText, intervalText, percent, pText, sidedText } from './describe.ts';
import { equivalentWithin, greaterThan, lessThan } from './verdict.ts';

describe('a percentage', () => {
  test.each([
    [64 / 64, '100 %'],
    [0, '0 %'],
    [199 / 200, '99.5 %'],
    [1999 / 2000, '99.95 %'],
    [1 / 400, '0.3 %'],
    [1 / 4000, '0.03 %'],
    [2 / 3, '67 %'],
  ])('of %d is %s', (share, text) => {
    expect(percent(share)).toBe(text);
  });

  test('is 100 or 0 only of all or none, of whatever number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.nat(), (n, k) => {
        const hits = k % (n + 1);
        expect(percent(hits / n) === '100 %').toBe(hits === n);
        expect(percent(hits / n) === '0 %').toBe(hits === 0);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('equals the margin only where it touches it', () => {
    expect(percent(0.6, greaterThan(0.6))).toBe('60 %');
    expect(percent(0.604, greaterThan(0.6))).toBe('60.4 %');
    expect(percent(0.5996, greaterThan(0.6))).toBe('59.96 %');
    expect(percent(0.604)).toBe('60 %');
  });
});

describe('an interval', () => {
  const text = { mean: 0.4, low: 0.30004, high: 0.5 };

  test('has more digits where three would put an end on the margin that it does not touch', () => {
    expect(intervalText(text)).toBe('0.4 [0.3, 0.5]');
    expect(intervalText(text, greaterThan(0.3))).toBe('0.4 [0.30004, 0.5]');
    expect(intervalText({ ...text, high: 0.49996 }, lessThan(0.5))).toBe('0.4 [0.3, 0.49996]');
    expect(intervalText({ mean: 0, low: -0.19996, high: 0.200041 }, equivalentWithin(0.2))).toBe(
      '0 [-0.19996, 0.20004]',
    );
    expect(endsText(text, greaterThan(0.30001))).toBe('[0.30004, 0.5]');
  });

  test('equals a margin in print where it touches it but for rounding', () => {
    expect(endsText({ low: 0.8 - 0.5, high: 0.5 }, greaterThan(0.3))).toBe('[0.3, 0.5]');
    expect(endsText({ low: 0.30004, high: 0.5 }, greaterThan(0.30004))).toBe('[0.30004, 0.5]');
  });

  test('lies in print on the side of a margin that it lies on', () => {
    const near = fc.double({ min: -1e-3, max: 1e-3, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 50 }), near, (hundredths, off) => {
        const margin = hundredths / 100;
        for (const prediction of [greaterThan(margin), lessThan(margin)]) {
          const printed = Number(sidedText(margin + off, prediction));
          expect(compare(printed, margin)).toBe(compare(margin + off, margin));
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

test('a p value equals 0.05 in print only where it does', () => {
  expect([0.05, 0.04998, 0.050001, 0.0312345, 0].map(pText)).toEqual(['0.05', '0.04998', '0.050001', '0.0312', '0']);
});
