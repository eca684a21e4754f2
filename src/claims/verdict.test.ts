import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import equivalence from '../../fixtures/golden/equivalence.json' with { type: 'json' };
import paired from '../../fixtures/golden/paired.json' with { type: 'json' };
import { InputError, InvariantError } from '../core/errors.ts';
import { stream } from '../core/rng.ts';
import {
  decide,
  equivalentWithin,
  greaterThan,
  type Judgement,
  judge,
  judgeMean,
  lessThan,
  type Prediction,
  type Verdict,
} from './verdict.ts';

const verdictOf = (values: readonly number[], prediction: Prediction): Verdict => judgeMean(values, prediction).verdict;
const judged = (values: readonly number[], prediction: Prediction): Judgement =>
  judge(values, prediction, { registered: values.length, rng: stream(0, 'verdict') });

const values = [0.12, 0.31, -0.04, 0.22, 0.18, 0.09]; // mean 0.147, 95 % interval [0.022, 0.271], 90 % [0.049, 0.244]

describe('the rule', () => {
  test.each<[Prediction, Verdict]>([
    [greaterThan(0.02), 'supported'],
    [greaterThan(0.03), 'inconclusive'],
    [greaterThan(0.27), 'inconclusive'],
    [greaterThan(0.28), 'refuted'],
    [lessThan(0.02), 'refuted'],
    [lessThan(0.03), 'inconclusive'],
    [lessThan(0.27), 'inconclusive'],
    [lessThan(0.28), 'supported'],
    [equivalentWithin(0.25), 'supported'], // inside by the 90 % interval though not by the 95 % one
    [equivalentWithin(0.24), 'inconclusive'],
    [equivalentWithin(0.03), 'inconclusive'], // outside by the 90 % interval but not by the 95 % one
    [equivalentWithin(0.02), 'refuted'],
  ])('%j is %s', (prediction, verdict) => {
    expect(verdictOf(values, prediction)).toBe(verdict);
  });

  test('an interval that only touches the margin decides nothing', () => {
    const same = [0.5, 0.5, 0.5];
    for (const prediction of [greaterThan(0.5), lessThan(0.5), equivalentWithin(0.5)]) {
      expect(judged(same, prediction)).toMatchObject({ verdict: 'inconclusive', sd: 0, hedgesGz: null });
    }
    expect(verdictOf(same, greaterThan(0.4))).toBe('supported');
  });

  test('nor does one that touches it but for rounding, at whatever scale', () => {
    for (const unit of [1, 1e-170, 1e170]) {
      const same = [0.8 - 0.5, 0.8 - 0.5, 0.1 + 0.2].map((value) => unit * value);
      const down = same.map((value) => -value);
      const margin = unit * 0.3;
      const ties = [
        ...[greaterThan(margin), lessThan(margin), equivalentWithin(margin)].map((p) => judged(same, p)),
        ...[greaterThan(-margin), lessThan(-margin), equivalentWithin(margin)].map((p) => judged(down, p)),
      ];
      for (const tie of ties)
        expect(tie).toMatchObject({ verdict: 'inconclusive', sd: 0, hedgesGz: null, pDecided: 1, p: 0.5 });
      expect(ties[0]?.signFlipP).toBe(1);
    }
    expect(decide(greaterThan(0.3), { low: 0.8 - 0.5, high: 1 }, { low: 0.4, high: 0.9 })).toBe('inconclusive');
    expect(decide(equivalentWithin(0.3), { low: -1, high: 1 }, { low: 0.5 - 0.8, high: 0.2 })).toBe('inconclusive');
    expect(decide(lessThan(0), { low: -0.6, high: -1e-17 }, { low: -0.5, high: -0.1 })).toBe('inconclusive');
  });

  test('an equivalence that TOST alone supports at 0.025 <= p < 0.05 has twice that p in a family', () => {
    const ours = judged(values, equivalentWithin(0.25));
    expect(ours).toMatchObject({ verdict: 'supported' });
    expect(ours.p).toBeLessThan(0.05);
    expect(ours.pDecided).toBe(2 * ours.p);
    expect(judged([0.3, 0.3, 0.3], equivalentWithin(0.3)).pDecided).toBe(1);
  });

  test('a failed premise replaces the verdict and keeps the numbers', () => {
    const plain = judged(values, greaterThan(0.28));
    const options = { registered: 6, rng: stream(0, 'verdict') };
    expect(judge(values, greaterThan(0.28), { ...options, premiseFailed: true })).toEqual({
      ...plain,
      verdict: 'premise failed',
    });
  });
});

describe('the numbers', () => {
  test.each(paired.cases)('p agrees with SciPy: $name', ({ values, against, p, interval }) => {
    const greater = judged(values, greaterThan(against));
    expect(greater.p).toBeCloseTo(p.greater, 10);
    expect(greater.pDecided).toBeCloseTo(p['two-sided'], 10);
    expect(judged(values, lessThan(against)).p).toBeCloseTo(p.less, 10);
    expect(greater.interval.low).toBeCloseTo(interval['0.95'][0] as number, 10);
    expect(greater.equivalenceInterval).toBeNull();
  });

  test.each(equivalence.cases)('TOST p and interval agree with statsmodels: $name', ({
    values,
    margin,
    p,
    interval,
  }) => {
    const ours = judged(values, equivalentWithin(margin));
    expect(ours.p).toBeCloseTo(p, 10);
    expect(ours.equivalenceInterval?.high).toBeCloseTo(interval[1] as number, 10);
  });

  test('the sign-flip test is against the margin, for equivalence against 0', () => {
    expect(judged([1, 2, 3, 4, 5, 6], greaterThan(0)).signFlipP).toBe(1 / 32);
    expect(judged([1, 2, 3, 4, 5, 6], greaterThan(3.5)).signFlipP).toBe(1);
    expect(judged([1, 2, 3, 4, 5, 6], equivalentWithin(3.5)).signFlipP).toBe(1 / 32);
  });
});

describe('bad input throws', () => {
  test('replicates', () => {
    const rng = stream(0, 'verdict');
    expect(() => judge(values, greaterThan(0), { registered: 7, rng })).toThrow(InvariantError);
    expect(() => judge([1], greaterThan(0), { registered: 1, rng })).toThrow(InputError);
  });

  test('margins', () => {
    for (const margin of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => greaterThan(margin)).toThrow(InputError);
      expect(() => lessThan(margin)).toThrow(InputError);
    }
    for (const margin of [0, -1, Number.NaN]) expect(() => equivalentWithin(margin)).toThrow(InputError);
    expect(() => judged(values, { kind: 'equivalent', margin: -1 })).toThrow(InputError);
  });
});

describe('properties', () => {
  // Eighths, so that sums and shifts are exact.
  const eighths = fc.integer({ min: -80, max: 80 }).map((i) => i / 8);
  const replicates = fc.array(eighths, { minLength: 2, maxLength: 10 });
  const prediction = fc.oneof(
    eighths.map(greaterThan),
    eighths.map(lessThan),
    eighths.filter((margin) => margin > 0).map(equivalentWithin),
  );
  const settings = { seed: 1, numRuns: 100 };
  /** What is shown beside a verdict takes long to compute. */
  const few = { seed: 1, numRuns: 6 };
  const rank = (verdict: Verdict): number => ['refuted', 'inconclusive', 'supported'].indexOf(verdict);

  test('moving every replicate up never weakens "greater" and never strengthens "less"', () => {
    fc.assert(
      fc.property(replicates, eighths, eighths.map(Math.abs), (values, margin, step) => {
        const moved = values.map((value) => value + step);
        const change = (p: Prediction): number => rank(verdictOf(moved, p)) - rank(verdictOf(values, p));
        expect(change(greaterThan(margin))).toBeGreaterThanOrEqual(0);
        expect(change(lessThan(margin))).toBeLessThanOrEqual(0);
      }),
      settings,
    );
    expect.hasAssertions();
  });

  test('a wider margin never weakens "equivalent"', () => {
    fc.assert(
      fc.property(
        replicates,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 40 }),
        (values, margin, more) => {
          const narrow = verdictOf(values, equivalentWithin(margin / 8));
          expect(rank(verdictOf(values, equivalentWithin((margin + more) / 8)))).toBeGreaterThanOrEqual(rank(narrow));
        },
      ),
      settings,
    );
    expect.hasAssertions();
  });

  test('swapping the arms mirrors the judgement', () => {
    fc.assert(
      fc.property(replicates, prediction, (values, p) => {
        const swapped = values.map((value) => -value);
        const mirrored =
          p.kind === 'equivalent' ? p : p.kind === 'greater' ? lessThan(-p.margin) : greaterThan(-p.margin);
        const [ours, theirs] = [judgeMean(values, p), judgeMean(swapped, mirrored)];
        expect(theirs.verdict).toBe(ours.verdict);
        expect(theirs.p).toBeCloseTo(ours.p, 12);
        expect(theirs.pDecided).toBeCloseTo(ours.pDecided, 12);
        expect(theirs.interval.low).toBeCloseTo(-ours.interval.high, 12);
      }),
      settings,
    );
    expect.hasAssertions();
  });

  test('scaling values and margin changes no verdict and no p', () => {
    fc.assert(
      fc.property(replicates, prediction, fc.integer({ min: -170, max: 170 }), (values, p, power) => {
        const unit = 10 ** power;
        const ours = judgeMean(values, p);
        const theirs = judgeMean(
          values.map((value) => unit * value),
          { ...p, margin: unit * p.margin },
        );
        expect(theirs.verdict).toBe(ours.verdict);
        expect(theirs.p).toBeCloseTo(ours.p, 10);
        expect(theirs.pDecided).toBeCloseTo(ours.pDecided, 10);
        expect(theirs.sd === 0).toBe(ours.sd === 0);
      }),
      { seed: 1, numRuns: 300 },
    );
    expect.hasAssertions();
  });

  test('tenths, whose sums and shifts are not exact, are judged like the whole numbers that they stand for', () => {
    const whole = fc.integer({ min: -6, max: 6 });
    const sets = fc.array(whole, { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(sets, whole, fc.integer({ min: -9, max: 9 }), (set, margin, shift) => {
        for (const predict of [greaterThan, lessThan]) {
          const known = judgeMean(set, predict(margin)).verdict;
          const shifted = set.map((value) => value / 10 + shift / 10);
          expect(judgeMean(shifted, predict((margin + shift) / 10)).verdict).toBe(known);
          const taken = set.map((value) => (value + 100) / 10 - 10);
          expect(judgeMean(taken, predict(margin / 10)).verdict).toBe(known);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
    expect.hasAssertions();
  });

  test('adding a constant to values and margin changes nothing', () => {
    fc.assert(
      fc.property(replicates, eighths, eighths, (values, margin, shift) => {
        const moved = values.map((value) => value + shift);
        for (const predict of [greaterThan, lessThan]) {
          const [ours, theirs] = [judgeMean(values, predict(margin)), judgeMean(moved, predict(margin + shift))];
          expect(theirs.verdict).toBe(ours.verdict);
          expect(theirs.p).toBeCloseTo(ours.p, 10);
        }
      }),
      settings,
    );
    expect.hasAssertions();
  });

  test('swapping the arms, and adding a constant to values and margin, change no sign-flip p', () => {
    fc.assert(
      fc.property(replicates, eighths, eighths, (values, margin, shift) => {
        const ours = judged(values, greaterThan(margin)).signFlipP;
        const swapped = values.map((value) => -value);
        const moved = values.map((value) => value + shift);
        expect(judged(swapped, lessThan(-margin)).signFlipP).toBe(ours);
        expect(judged(moved, greaterThan(margin + shift)).signFlipP).toBe(ours);
      }),
      few,
    );
    expect.hasAssertions();
  });

  test('pDecided is below 0.05 exactly when the 95 % interval decides', () => {
    fc.assert(
      fc.property(replicates, prediction, (values, p) => {
        const ours = judgeMean(values, p);
        expect(ours.pDecided < 0.05).toBe(decide(p, ours.interval, ours.interval) !== 'inconclusive');
        if (p.kind !== 'equivalent') expect(ours.pDecided < 0.05).toBe(ours.verdict !== 'inconclusive');
      }),
      settings,
    );
    expect.hasAssertions();
  });

  test('a judgement is what decides, with numbers beside it that are all finite', () => {
    fc.assert(
      fc.property(replicates, prediction, (values, p) => {
        const ours = judged(values, p);
        expect(ours).toMatchObject(judgeMean(values, p));
        JSON.stringify(ours, (_, value) => finiteOrThrow(value));
      }),
      few,
    );
    expect.hasAssertions();
  });

  test('a replicate that is not finite throws', () => {
    const broken = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
    fc.assert(
      fc.property(replicates, fc.nat(), broken, prediction, (values, at, bad, p) => {
        expect(() => judged(values.with(at % values.length, bad), p)).toThrow(InvariantError);
      }),
      settings,
    );
    expect.hasAssertions();
  });
});

function finiteOrThrow(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${value} is not finite`);
  return value;
}
