import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { REHEARSAL } from '../claims/rehearsal.ts';
import { canonical } from '../core/canonical.ts';
import { InputError } from '../core/errors.ts';
import { loadSetup, parseSetup } from '../lab/setup.ts';
import { nullArm, rl, sdft } from '../train/arms.ts';
import { worlds } from '../world/index.ts';
import { changedArms } from './applied.ts';
import { changesOf, sampledChanges } from './arbitrary.ts';
import { changed } from './changed.ts';
import { secondsFor } from './cost.ts';
import { factorsOf, factorValue, SKILL_SHARE } from './factors.ts';

const setup = loadSetup('fixtures/setups/recipe.json', worlds);
const recipe = { setup, catalog: { worlds } };
const factors = factorsOf(recipe);

describe('changed setups', () => {
  const sample = sampledChanges(recipe, 400, 1, { factors });

  test('every one is valid and is not the registered one', () => {
    for (const changes of sample) {
      const at = changed(recipe, changes).setup;
      expect(parseSetup(at, 'a sample', worlds)).toEqual(at);
      expect(canonical(at) !== canonical(setup) || REHEARSAL in changes || SKILL_SHARE in changes).toBe(true);
    }
  });

  test('every value of every factor is drawn, most pairs of factors are, and one to eight change at a time', () => {
    for (const { name, others } of factors)
      for (const value of others)
        expect(sample.filter((changes) => changes[name] === value).length, `${name} ${value}`).toBeGreaterThan(5);
    const pairs = factors.flatMap((a, i) => factors.slice(i + 1).map((b) => [a.name, b.name] as const));
    const met = pairs.filter(([a, b]) => sample.some((changes) => a in changes && b in changes));
    expect(met.length / pairs.length).toBeGreaterThan(0.97);
    expect(new Set(sample.map((changes) => Object.keys(changes).length))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]));
  });

  test('the same seed draws the same, a longer sample begins with the shorter, another seed draws others', () => {
    expect(sampledChanges(recipe, 20, 1, { factors })).toEqual(sample.slice(0, 20));
    expect(sampledChanges(recipe, 20, 2, { factors })).not.toEqual(sample.slice(0, 20));
  });

  test('a bound on the cost and on the factors is kept', () => {
    const cheap = sampledChanges(recipe, 50, 1, { factors, mostCost: 1 });
    for (const changes of cheap) expect(secondsFor(recipe, changes)).toBeLessThanOrEqual(secondsFor(recipe));
    expect(sample.some((changes) => secondsFor(recipe, changes) > secondsFor(recipe))).toBe(true);
    const layers = [{ name: 'model.layers', others: [3] }];
    expect(sampledChanges(recipe, 5, 1, { factors: layers })).toEqual(Array(5).fill({ 'model.layers': 3 }));
  });

  test('what takes longer is estimated to take longer', () => {
    const registered = secondsFor(recipe);
    for (const changes of [
      ...[{ 'pretraining.steps': 4000 }, { 'model.width': 96 }, { 'world.payload': 4 }],
      ...[{ [REHEARSAL]: 1 }, { 'tuning.klWeight': 0.1 }, { 'tuning.rollouts': 128 }],
    ] as Record<string, number>[])
      expect(secondsFor(recipe, changes), JSON.stringify(changes)).toBeGreaterThan(registered);
  });

  test('a counterexample shrinks to the one change that matters, at its mildest', () => {
    const run = fc.check(
      fc.property(changesOf(recipe, { factors }), (changes) => factorValue(setup, [], changes, 'model.width') >= 64),
      { seed: 3, numRuns: 200 },
    );
    expect(run.counterexample).toEqual([{ 'model.width': 48 }]);
  });
});

describe('factors of the arms', () => {
  test('rehearsal and the share of skill change the arms, not the setup', () => {
    const at = changed(recipe, { [REHEARSAL]: 4, [SKILL_SHARE]: 0.5 });
    expect(at.setup).toEqual(setup);
    expect(changedArms({ a: sdft(), b: rl({ skill: 1 }), c: nullArm(), d: sdft({ stepsOfRl: 1 }) }, at)).toEqual({
      a: sdft({ rehearsal: 4 }),
      b: rl({ skill: 0.5, rehearsal: 4 }),
      c: nullArm({ rehearsal: 4 }),
      d: sdft({ rehearsal: 4, stepsOfRl: 0.5 }),
    });
    const same = { a: sdft({ rehearsal: 1 }), b: rl({ skill: 0.5 }) };
    expect(changedArms(same, changed(recipe, {}))).toEqual(same);
  });

  test('an unchanged rehearsal is what the arms of the claim have', () => {
    expect(factorValue(setup, [sdft(), rl({ skill: 1, rehearsal: 1 })], {}, REHEARSAL)).toBe(1);
    expect(factorValue(setup, [sdft()], {}, REHEARSAL)).toBe(0);
    expect(factorValue(setup, [], { [REHEARSAL]: 4 }, REHEARSAL)).toBe(4);
    expect(factorValue(setup, [], {}, SKILL_SHARE)).toBe(1);
    expect(factorValue(setup, [], {}, 'world.topics')).toBe(4);
  });

  test.each([
    [{ 'model.depth': 3 }, /'model.depth' is no factor/],
    [{ 'world.names': 3 }, /'world.names' is no factor/],
    [{ 'world.operations': 9 }, /world.operations/],
    [{ [REHEARSAL]: -1 }, /arms.rehearsal/],
    [{ [SKILL_SHARE]: 1.5 }, /arms.skillShare[\s\S]*from 0 to 1/],
  ] as [Record<string, number>, RegExp][])('%j is refused', (changes, message) => {
    expect(() => changed(recipe, changes)).toThrow(InputError);
    expect(() => changed(recipe, changes)).toThrow(message);
  });
});
