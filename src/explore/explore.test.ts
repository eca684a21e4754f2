import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { Claim } from '../claims/spec.ts';
import { equivalentWithin, greaterThan, lessThan } from '../claims/verdict.ts';
import { canonical } from '../core/canonical.ts';
import { InputError } from '../core/errors.ts';
import { drift } from '../measure/observation.ts';
import { rl, sdft } from '../train/arm.ts';
import { loadSetup, parseSetup } from '../world/setup.ts';
import { changesOf, sampledChanges } from './arbitrary.ts';
import { retest } from './confirm.ts';
import { secondsFor } from './cost.ts';
import { regionLines } from './describe.ts';
import { type Outcome, visit } from './explore.ts';
import { type Changes, changed, changedArms, FACTORS, factorValue, REHEARSAL } from './factors.ts';
import { onRegisteredSide, regionOf } from './region.ts';

const recipe = loadSetup('fixtures/setups/recipe.json');

describe('changed setups', () => {
  const sample = sampledChanges(recipe, 400, 1);

  test('every one is valid, is not the registered one, and costs at most three times as much', () => {
    for (const changes of sample) {
      const { setup } = changed(recipe, changes);
      expect(parseSetup(setup, 'a sample')).toEqual(setup);
      expect(Object.keys(changes).length).toBeGreaterThan(0);
      expect(canonical(setup) !== canonical(recipe) || REHEARSAL in changes).toBe(true);
      expect(secondsFor(setup)).toBeLessThanOrEqual(3 * secondsFor(recipe));
    }
  });

  test('every value of every factor is drawn, most pairs of factors are, and one to eight change at a time', () => {
    for (const { name, others } of FACTORS)
      for (const value of others)
        expect(sample.filter((changes) => changes[name] === value).length, `${name} ${value}`).toBeGreaterThan(5);
    const pairs = FACTORS.flatMap((a, i) => FACTORS.slice(i + 1).map((b) => [a.name, b.name] as const));
    const met = pairs.filter(([a, b]) => sample.some((changes) => a in changes && b in changes));
    expect(met.length / pairs.length).toBeGreaterThan(0.99);
    expect(new Set(sample.map((changes) => Object.keys(changes).length))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]));
  });

  test('the same seed draws the same, a longer sample begins with the shorter, another seed draws others', () => {
    expect(sampledChanges(recipe, 20, 1)).toEqual(sample.slice(0, 20));
    expect(sampledChanges(recipe, 20, 2)).not.toEqual(sample.slice(0, 20));
  });

  test('a counterexample shrinks to the one change that matters, at its mildest', () => {
    const run = fc.check(
      fc.property(changesOf(recipe), (changes) => factorValue(recipe, changes, 'model.width') >= 64),
      { seed: 3, numRuns: 200 },
    );
    expect(run.counterexample).toEqual([{ 'model.width': 48 }]);
  });

  test('rehearsal changes the arms, not the setup; an unknown factor is refused', () => {
    const { setup, rehearsal } = changed(recipe, { [REHEARSAL]: 4 });
    expect(setup).toEqual(recipe);
    expect(changedArms({ a: sdft(), b: rl({ skill: 1 }) }, rehearsal)).toEqual({
      a: sdft({ rehearsal: 4 }),
      b: rl({ skill: 1, rehearsal: 4 }),
    });
    expect(changedArms({ a: sdft({ rehearsal: 1 }) }, undefined)).toEqual({ a: sdft({ rehearsal: 1 }) });
    expect(() => changed(recipe, { 'model.depth': 3 })).toThrow(InputError);
    expect(() => changed(recipe, { 'world.operations': 9 })).toThrow(/world.operations/);
  });
});

describe('a region', () => {
  const outcome = (value: number, changes: Changes = {}, premise = true): Outcome => ({
    changes,
    seed: 1,
    value,
    premise,
  });

  test('the registered side is that of the prediction, or the other where it was refuted', () => {
    expect(onRegisteredSide(greaterThan(0), 'supported', 1)).toBe(true);
    expect(onRegisteredSide(greaterThan(0), 'refuted', 1)).toBe(false);
    expect(onRegisteredSide(lessThan(0), 'supported', 1)).toBe(false);
    expect(onRegisteredSide(equivalentWithin(0.1), 'supported', -0.05)).toBe(true);
    expect(onRegisteredSide(equivalentWithin(0.1), 'refuted', 0.3)).toBe(true);
  });

  test('counts in the open, and puts the nearest point of the other side first', () => {
    const outcomes = [
      outcome(1),
      outcome(-9, {}, false),
      outcome(-1, { 'world.topics': 3, 'model.layers': 3 }),
      outcome(-2, { 'world.topics': 6 }),
    ];
    const region = regionOf(outcomes, { prediction: greaterThan(0), registered: 'supported', setup: recipe });
    expect(region).toMatchObject({ points: 4, premiseFailed: 1, holds: 1, share: 1 / 3 });
    expect(region.boundary.map(({ value }) => value)).toEqual([-2, -1]);
    expect(regionLines('H1', 'TV', region)[0]).toMatch(
      /4 setups, premises failed in 1; on the registered side in 1 of 3/,
    );
  });

  test('finds the factor that moves the effect', () => {
    const outcomes = sampledChanges(recipe, 120, 5).map((changes, i) =>
      outcome(3 / (1 + factorValue(recipe, changes, REHEARSAL)) + 0.2 * Math.sin(i), changes),
    );
    const { influences } = regionOf(outcomes, { prediction: greaterThan(0), registered: 'supported', setup: recipe });
    expect(influences[0]).toMatchObject({ factor: REHEARSAL, clear: true });
    expect(influences[0]?.rho).toBeLessThan(-0.4);
    expect(influences.slice(1).filter(({ clear }) => clear).length).toBeLessThanOrEqual(1);
  });

  test('without a point whose premises hold there is no share', () => {
    const region = regionOf([outcome(1, {}, false)], {
      prediction: greaterThan(0),
      registered: 'supported',
      setup: recipe,
    });
    expect(region).toMatchObject({ share: null, quartiles: null, influences: [], boundary: [] });
  });
});

describe('visits', () => {
  const folder = mkdtempSync(join(tmpdir(), 'explore-test-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const setup = loadSetup('fixtures/setups/small.json');
  const ground = { setup, engine: 'onnx:cpu' as const, folder };
  const claim: Claim = {
    spec: {
      ...{ id: 'X', statement: 's', family: 'exploratory', estimand: 'e', unit: 'TV', prediction: lessThan(-1) },
      arms: { skill: rl({ skill: 1 }), documents: sdft() },
    },
    estimate: ({ skill, documents }) => drift(skill as never) - drift(documents as never),
  };
  const points = [
    { changes: { 'model.layers': 3 }, seed: 1 },
    { changes: { [REHEARSAL]: 1 }, seed: 2 },
  ];
  const silent = { write: () => undefined };

  test('no job starts after the time limit; what is there is used, and the rest is trained later', async () => {
    expect(await visit([claim], points, ground, silent, Date.now() - 1)).toEqual([[]]);
    const [one] = await visit([claim], points.slice(0, 1), ground, silent);
    const [both] = await visit([claim], points, ground, silent);
    expect(both).toHaveLength(2);
    expect(both?.[0]).toEqual(one?.[0]);
    expect(await visit([claim], points, ground, { write: () => expect.unreachable() })).toEqual([both]);
    // Training so short reaches no level: counted, never dropped.
    expect(both?.map(({ premise }) => premise)).toEqual([false, false]);
  });

  test('a retest whose premises fail is no flip', async () => {
    const options = { registered: 'supported' as const, firstSeed: 50, ground };
    const [again] = await retest(claim, [{ 'model.layers': 3 }], options, silent);
    expect(again).toMatchObject({ verdict: 'premise failed', premiseFailures: 6, flipped: false });
    expect(again?.seeds).toEqual([50, 51, 52, 53, 54, 55]);
  });
});
