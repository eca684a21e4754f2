import { describe, expect, test } from 'vitest';
import { REHEARSAL } from '../claims/rehearsal.ts';
import { depth, isOn, sideOf } from '../claims/side.ts';
import { equivalentWithin, greaterThan, lessThan } from '../claims/verdict.ts';
import { loadSetup } from '../lab/setup.ts';
import type { Changes, Outcome } from '../records/exploration.ts';
import { worlds } from '../world/index.ts';
import { sampledChanges } from './arbitrary.ts';
import { regionLines } from './describe.ts';
import { factorsOf, factorValue } from './factors.ts';
import { regionOf } from './region.ts';

const setup = loadSetup('fixtures/setups/recipe.json', worlds);
const registered = { setup, catalog: { worlds } };
const side = { prediction: greaterThan(0), origin: 'registered' as const };
const outcome = (value: number, changes: Changes = {}, premise = true): Outcome => ({
  ...{ changes, seed: 1, value, premise, devices: [] },
});

describe('the side of a claim', () => {
  test.each([
    [greaterThan(0.5), 'supported', 1, greaterThan(0.5)],
    [greaterThan(0.5), 'refuted', 0, lessThan(0.5)],
    [lessThan(0), 'refuted', 1, greaterThan(0)],
    [equivalentWithin(0.1), 'supported', 0, equivalentWithin(0.1)],
    [equivalentWithin(0.1), 'refuted', 0.3, greaterThan(0.1)],
    [equivalentWithin(0.1), 'refuted', -0.3, lessThan(-0.1)],
  ] as const)('of %j, registered as %s with a mean of %d, is %j', (prediction, verdict, mean, wanted) => {
    expect(sideOf(prediction, { verdict, mean })).toEqual({ prediction: wanted, origin: 'registered' });
  });

  test('is only the predicted one where the registered verdict decides nothing', () => {
    for (const verdict of ['inconclusive', 'premise failed'] as const)
      expect(sideOf(lessThan(1), { verdict, mean: 3 })).toEqual({ prediction: lessThan(1), origin: 'predicted' });
  });

  test('a number lies on it, or how far across', () => {
    const sides = [greaterThan(0), lessThan(0), equivalentWithin(1)];
    expect(sides.map((each) => isOn(each, 0))).toEqual([false, false, true]);
    expect(depth(greaterThan(1), 3)).toBe(2);
    expect(depth(lessThan(1), 3)).toBe(-2);
    expect(depth(equivalentWithin(1), -3)).toBe(-2);
  });

  test('a number that ties with the margin, but for rounding, lies on neither side, at whatever scale', () => {
    for (const unit of [1, 1e-170, 1e170])
      for (const [side, value] of [
        [greaterThan(0.3 * unit), 0.8 - 0.5],
        [lessThan(0.3 * unit), 0.1 + 0.2],
        [equivalentWithin(0.3 * unit), 0.1 + 0.2],
        [equivalentWithin(0.3 * unit), 0.5 - 0.8],
      ] as const) {
        expect(isOn(side, value * unit)).toBe(false);
        expect(depth(side, value * unit)).toBe(0);
        expect(isOn(side, 0.31 * unit)).toBe(side.kind === 'greater');
      }
  });
});

describe('a region', () => {
  const sum = (outcomes: readonly Outcome[]) => regionOf(outcomes, { side, registered, arms: [] });

  test('counts in the open, and puts the nearest point of the other side first, each setup once', () => {
    const far = { 'world.topics': 3, 'model.layers': 3 };
    const region = sum([
      outcome(1),
      outcome(-9, {}, false),
      outcome(-1, far),
      outcome(-3, far),
      outcome(-2, { 'world.topics': 6 }),
      { ...outcome(0, {}, false), value: null, fault: 'no bystander' },
    ]);
    expect(region).toMatchObject({ points: 6, premiseFailed: 1, faults: { 'no bystander': 1 }, usable: 4, holds: 1 });
    expect(region.boundary.map(({ value }) => value)).toEqual([-2, -3]);
    const tied = sum([outcome(1), outcome(0, far)]);
    expect(tied).toMatchObject({ usable: 2, holds: 1, boundary: [] });
    const twice = sum([outcome(-3, { a: 1 }), outcome(-2, { b: 1 }), outcome(-1, { a: 1 })]);
    expect(twice.boundary.map(({ value }) => value)).toEqual([-3, -2]);
    const lines = regionLines('H1', 'TV', side, region).join('\n');
    expect(lines).toMatch(/6 setups, one replicate each; a premise failed in 1\n {2}no number in 1: no bystander/);
    expect(lines).toMatch(/on the registered side \(> 0 TV\) in 1 of 4/);
  });

  test('finds the factor that moves the effect', () => {
    const { influences } = sum(
      sampledChanges(registered, 120, 5, { factors: factorsOf(registered) }).map((changes, i) =>
        outcome(3 / (1 + factorValue(setup, [], changes, REHEARSAL)) + 0.2 * Math.sin(i), changes),
      ),
    );
    expect(influences[0]).toMatchObject({ factor: REHEARSAL, clear: true });
    expect(influences[0]?.rho).toBeLessThan(-0.4);
    expect(influences.slice(1).filter(({ clear }) => clear).length).toBeLessThanOrEqual(1);
  });

  test('without a point whose premises hold there is no share', () => {
    const region = sum([outcome(1, {}, false)]);
    expect(region).toMatchObject({ share: null, quartiles: null, influences: [], boundary: [] });
    expect(regionLines('H1', 'TV', side, region)).toHaveLength(1);
  });
});
