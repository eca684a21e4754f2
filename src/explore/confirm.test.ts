import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { REHEARSAL } from '../claims/rehearsal.ts';
import type { Claim } from '../claims/spec.ts';
import { greaterThan } from '../claims/verdict.ts';
import { InputError } from '../core/errors.ts';
import { stream } from '../core/rng.ts';
import { loadSetup } from '../lab/setup.ts';
import type { Changes, Outcome } from '../records/exploration.ts';
import { worlds } from '../world/index.ts';
import { isBounded, sampledChanges } from './arbitrary.ts';
import { retest, seedsFrom, smallestFlip, type Trial } from './confirm.ts';
import { retestLine, smallestLines, varietyLine } from './describe.ts';
import { factorsOf, factorValue } from './factors.ts';
import type { Point } from './outcome.ts';
import { readPinned, writePinned } from './pinned.ts';
import { searchAround } from './search.ts';

const setup = loadSetup('fixtures/setups/recipe.json', worlds);
const registered = { setup, catalog: { worlds } };
const factors = factorsOf(registered);
const claim: Claim = {
  spec: {
    ...{ id: 'X', statement: 's', family: 'exploratory', estimand: 'e', unit: 'TV', prediction: greaterThan(0) },
    arms: {},
  },
  estimate: () => 0,
};

/** A trial whose points have the numbers that `effect` says, some noise beside; `visits` keeps what was looked at. */
function trialOf(effect: (changes: Changes) => number, fields: Partial<Outcome> = {}): Trial & { visits: Point[][] } {
  const visits: Point[][] = [];
  return {
    ...{ claim, side: { prediction: greaterThan(0), origin: 'registered' }, replicates: 6, visits },
    freshSeeds: seedsFrom(100),
    look: async (points) => {
      visits.push([...points]);
      return points.map(({ changes, seed }) => {
        const value = effect(changes) + 0.1 * stream(seed, 'noise').normal();
        return { changes, seed, value, premise: true, devices: [], ...fields };
      });
    },
  };
}

/** Half an effect where topics are more, none of it with rehearsal of 1 or more: that flips, the topics alone do not. */
const effect = (changes: Changes): number =>
  (factorValue(setup, [], changes, REHEARSAL) >= 1 ? -1 : 1) * (changes['world.topics'] === 6 ? 0.5 : 1);

describe('a setup tested again', () => {
  test('flips where its interval lies wholly on the other side, on seeds that were never used', async () => {
    const trial = trialOf(effect);
    const [flip, kept] = await retest(trial, [{ [REHEARSAL]: 4 }, { 'model.layers': 3 }]);
    expect(flip).toMatchObject({ verdict: 'refuted', flipped: true, premiseFailures: 0 });
    expect(kept).toMatchObject({ verdict: 'supported', flipped: false });
    expect(flip?.seeds).toEqual([100, 101, 102, 103, 104, 105]);
    const [again] = await retest(trial, [{ [REHEARSAL]: 4 }]);
    expect(again?.seeds[0]).toBe(106);
    expect(retestLine(again as never, trial.side.prediction)).toMatch(
      /^it flips, -\S+ \[.*\] on 6 fresh seeds from 106, at arms.rehearsal 4$/,
    );
  });

  test('is no flip where a premise failed or no side is registered, and has no mean without numbers', async () => {
    const changes = [{ [REHEARSAL]: 4 }];
    const failed = await retest(trialOf(effect, { premise: false }), changes);
    expect(failed[0]).toMatchObject({ verdict: 'premise failed', premiseFailures: 6, flipped: false });
    const none = await retest(trialOf(effect, { value: null, premise: false, fault: 'it diverged' }), changes);
    expect(none[0]).toMatchObject({ verdict: 'premise failed', mean: null, flipped: false });
    const predicted = { ...trialOf(effect), side: { prediction: greaterThan(0), origin: 'predicted' as const } };
    expect((await retest(predicted, changes))[0]).toMatchObject({ verdict: 'refuted', flipped: false });
  });

  test('is left out where not all of its replicates were ready', async () => {
    const trial = trialOf(effect);
    const late: Trial = { ...trial, look: async (points) => (await trial.look(points)).slice(0, 9) };
    expect(await retest(late, [{ 'model.layers': 3 }, { [REHEARSAL]: 4 }])).toHaveLength(1);
  });
});

describe('the smallest change that flips', () => {
  const wide = { 'world.topics': 6, 'model.layers': 3, [REHEARSAL]: 4 };

  test('loses what does not matter, becomes as mild as can be, and is tested once more', async () => {
    const trial = trialOf(effect);
    const [flip] = await retest(trial, [wide]);
    const smallest = await smallestFlip(trial, flip as never, registered, factors);
    expect(smallest.found.changes).toEqual({ [REHEARSAL]: 1 });
    expect(smallest).toMatchObject({ complete: true, again: { changes: { [REHEARSAL]: 1 }, flipped: true } });
    const seeds = trial.visits.flat().map(({ seed }) => seed);
    expect(new Set(seeds).size).toBe(seeds.length);
    expect(smallestLines(smallest, greaterThan(0)).join('\n')).toMatch(
      /smallest change found: it flips[\s\S]*once more: it flips/,
    );
  });

  test('is sought until nothing smaller is left: what could not go at first may go later', async () => {
    // Rehearsal flips alone, but not together with more layers without more topics.
    const twisted = (changes: Changes): number =>
      REHEARSAL in changes && (!('model.layers' in changes) || 'world.topics' in changes) ? -1 : 1;
    const trial = trialOf(twisted);
    const [flip] = await retest(trial, [{ 'world.topics': 6, 'model.layers': 3, [REHEARSAL]: 0.25 }]);
    expect((await smallestFlip(trial, flip as never, registered, factors)).found.changes).toEqual({
      [REHEARSAL]: 0.25,
    });
  });

  test('is milder on its own side of the registered value, within the bounds', async () => {
    const narrow = (changes: Changes): number => (changes['model.width'] === undefined ? 1 : -1);
    const trial = trialOf(narrow);
    const [flip] = await retest(trial, [{ 'model.width': 32 }]);
    const milder = await smallestFlip(trial, flip as never, registered, factors);
    expect(milder.found.changes).toEqual({ 'model.width': 48 });
    const bounded = factors.map((each) => (each.name === 'model.width' ? { ...each, others: [32, 96] } : each));
    expect((await smallestFlip(trial, flip as never, registered, bounded)).found.changes).toEqual({
      'model.width': 32,
    });
  });

  test('that does not flip once more is not confirmed', async () => {
    let looks = 0;
    const fickle = trialOf((changes) => (REHEARSAL in changes && ++looks <= 6 ? -1 : 1));
    const [flip] = await retest(fickle, [{ [REHEARSAL]: 0.25 }]);
    const smallest = await smallestFlip(fickle, flip as never, registered, factors);
    expect(smallest.again?.flipped).toBe(false);
    expect(smallestLines(smallest, greaterThan(0)).join('\n')).toMatch(/once more: not confirmed: on its side/);
  });

  test('that was cut short says so', async () => {
    const trial = trialOf(effect);
    const [flip] = await retest(trial, [wide]);
    const late: Trial = { ...trial, look: async () => [] };
    const smallest = await smallestFlip(late, flip as never, registered, factors);
    expect(smallest).toMatchObject({ found: { changes: wide }, again: null, complete: false });
    expect(smallestLines(smallest, greaterThan(0)).join()).toMatch(/time was up/);
  });
});

describe('the search around the boundary', () => {
  const start: Outcome[] = [{ 'model.layers': 3 }, { 'world.topics': 6 }].map((changes, i) => ({
    ...{ changes, seed: i, value: effect(changes), premise: true, devices: [] },
  }));
  const options = { registered, factors, rng: stream(1, 'search') };

  test('visits bounded neighbours, none twice, and goes on from the farthest', async () => {
    const { found, complete } = await searchAround(trialOf(effect), options, start);
    expect(complete).toBe(true);
    const texts = [...start, ...found].map(({ changes }) => JSON.stringify(Object.entries(changes).sort()));
    expect(new Set(texts).size).toBe(texts.length);
    for (const { changes } of found) expect(isBounded(registered, changes)).toBe(true);
    expect(found.length).toBeGreaterThan(12);
  });

  test('finds a hidden boundary more often than as many draws at random', async () => {
    // Deep only where three factors meet, and the nearer the deeper: a slope to follow.
    const three = ['model.layers', 'world.topics', 'tuning.level'];
    const met = (changes: Changes): number => three.filter((name) => name in changes).length;
    const slope = (changes: Changes): number => 3.5 - met(changes);
    const hits = { search: 0, draws: 0 };
    for (let seed = 0; seed < 60; seed++) {
      const { found } = await searchAround(trialOf(slope), { ...options, rng: stream(seed, 'search') }, start);
      if (found.some(({ changes }) => met(changes) === 3)) hits.search++;
      if (sampledChanges(registered, found.length, seed, { factors }).some((changes) => met(changes) === 3))
        hits.draws++;
    }
    expect(hits.search).toBeGreaterThan(2 * hits.draws);
  });

  test('ends where time is up, and without a usable point', async () => {
    const late: Trial = { ...trialOf(effect), look: async () => [] };
    expect(await searchAround(late, options, start)).toEqual({ found: [], complete: false });
    expect(await searchAround(trialOf(effect), options, [])).toEqual({ found: [], complete: true });
  });
});

describe('pinned setups', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pinned-test-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('are kept once each, and added to', () => {
    expect(readPinned('H1', registered, folder)).toEqual([]);
    writePinned('H1', [{ [REHEARSAL]: 1 }, { [REHEARSAL]: 1 }], registered, folder);
    writePinned('H1', [{ 'model.layers': 3 }], registered, folder);
    writePinned('H1', [], registered, folder);
    expect(readPinned('H1', registered, folder)).toEqual([{ [REHEARSAL]: 1 }, { 'model.layers': 3 }]);
  });

  test.each(['{', '[{"model.depth": 3}]', '[{"model.layers": "3"}]'])('a file of %s is refused', (text) => {
    writeFileSync(join(folder, 'H2.json'), text);
    expect(() => readPinned('H2', registered, folder)).toThrow(InputError);
    expect(() => writePinned('H2', [{}], registered, folder)).toThrow(InputError);
    expect(readFileSync(join(folder, 'H2.json'), 'utf8')).toBe(text);
  });
});

test('repetitions are counted by verdict, and those that time did not allow are said', () => {
  const line = (verdicts: Parameters<typeof varietyLine>[2], asked: number) =>
    varietyLine('H1', 'supported', verdicts, { replicates: 6, asked });
  expect(line(['supported', 'supported', 'inconclusive'], 3)).toMatch(
    /^H1: as registered \(supported\) in 2 of 3 repetitions with 6 fresh seeds each \[21 %, 94 %\]: supported 2, inconclusive 1$/,
  );
  expect(line(['supported'], 3)).toMatch(/1 of 1 repetitions \(of 3 asked for; time was up\)/);
  expect(line([], 3)).toMatch(/no repetition was ready in time/);
});
