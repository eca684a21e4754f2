import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { DeclaredClaim } from '../claims/declared.ts';
import { loadedFrom } from '../claims/loaded.ts';
import { REHEARSAL } from '../claims/rehearsal.ts';
import type { Claim } from '../claims/spec.ts';
import { lessThan } from '../claims/verdict.ts';
import { BUILT_IN } from '../lab/built-in.ts';
import { loadSetup } from '../lab/setup.ts';
import { WARM_STORE } from '../lab/warm-store.test.helper.ts';
import { drift, spread } from '../measure/observation.ts';
import type { Configuration } from '../project/configuration.ts';
import { HERE } from '../project/here.test.helper.ts';
import type { Outcome } from '../records/exploration.ts';
import { nullArm, rl, sdft } from '../train/arms.ts';
import { characters } from '../world/characters/index.ts';
import { retest, seedsFrom } from './confirm.ts';
import { visit } from './explore.ts';
import type { Point } from './outcome.ts';
import { pointsOf } from './points.ts';
import { judged, prepare, prevalence } from './prevalence.ts';

const folder = mkdtempSync(join(tmpdir(), 'explore-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
const store = join(folder, 'store');
const small = loadSetup('fixtures/setups/small.json', [characters]);
const ground = { catalog: BUILT_IN, setup: small, engine: 'onnx:cpu', folder: WARM_STORE };
const spec: Claim['spec'] = {
  ...{ id: 'X', statement: 's', family: 'exploratory', estimand: 'e', unit: 'TV', prediction: lessThan(-1) },
  arms: { skill: rl({ skill: 1 }), documents: sdft() },
};
const claim: Claim = {
  spec,
  estimate: ({ skill, documents }) => drift(skill as never) - drift(documents as never),
};
const points = [
  { changes: { 'model.layers': 3 }, seed: 1 },
  { changes: { [REHEARSAL]: 1 }, seed: 2 },
];
const NUMBERS = { drift: expect.any(Number), spread: expect.any(Number), targetEffect: expect.any(Number) };
const silent = { write: () => undefined };
const unused = { write: () => expect.unreachable() };

test('no job starts after the time limit; what is there is used, and the rest is trained later', async () => {
  const fresh = { ...ground, folder: store };
  expect(await visit([claim], points, fresh, unused, Date.now() - 1)).toEqual([[]]);
  const [one] = await visit([claim], points.slice(0, 1), fresh, silent);
  const [both] = await visit([claim], points, fresh, silent);
  expect(both).toHaveLength(2);
  expect(both?.[0]).toEqual(one?.[0]);
  expect(await visit([claim], points, fresh, unused)).toEqual([both]);
  // Training so short reaches no level: counted, never dropped.
  expect(both?.map(({ premise }) => premise)).toEqual([false, false]);
});

test('a record that turns out to be damaged is made again, and its point is not left out', async () => {
  const fresh = { ...ground, folder: store };
  const before = await visit([claim], points, fresh, silent);
  const [first = ''] = readdirSync(join(store, 'records', 'reading'));
  truncateSync(join(store, 'records', 'reading', first), 99);
  const said: string[] = [];
  expect(await visit([claim], points, fresh, { write: (text: string) => said.push(text) })).toEqual(before);
  expect(before[0]).toHaveLength(2);
  expect(said.join('')).toMatch(/damaged record reading\/[\s\S]*trained 1 of 1 runs/);
});

test('rehearsal reaches the null arm, which matches the rehearsed SDFT', async () => {
  const floor: Claim = {
    spec: { ...spec, arms: { documents: sdft(), floor: nullArm() } },
    estimate: ({ documents, floor: of }) => {
      expect([documents?.arm.rehearsal, of?.arm.rehearsal]).toEqual([1, 1]);
      expect(of?.steps).toBe(documents?.steps);
      return 1;
    },
  };
  const [outcomes] = await visit([floor], points.slice(1), ground, silent);
  expect(outcomes?.[0]).toMatchObject({ value: 1 });
  expect(outcomes?.[0]?.fault).toBeUndefined();
});

test('a claim that has nothing to measure at a point is counted with the reason; a broken estimate stops the run', async () => {
  const look = (estimate: Claim['estimate']) => visit([{ ...claim, estimate }], points.slice(0, 1), ground, silent);
  await expect(look(() => (undefined as never as { tv: number }).tv)).rejects.toThrow(TypeError);
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY])
    await expect(look(() => bad)).rejects.toThrow(/the number of .* at .*, seed \d+, is (NaN|Infinity)/);
  const [outcomes] = await look(({ documents }) =>
    spread({ ...(documents as never as object), bystanders: [] } as never),
  );
  expect(outcomes).toMatchObject([{ value: null, premise: false, fault: 'no bystander of this kind to measure' }]);
});

test('a point whose training fails has no number, and the others are trained all the same', async () => {
  // Without documents-only pairs a base has nothing to be asked about them.
  const failing = { changes: { 'world.documentsOnlyShare': 0 }, seed: 3 };
  const [outcomes] = await visit([claim], [failing, ...points], ground, silent);
  expect(outcomes?.[0]).toMatchObject({ seed: 3, value: null, premise: false });
  expect(outcomes?.[0]?.fault).toMatch(/nothing to measure this share of the base on/);
  expect(outcomes?.slice(1).map(({ value }) => value)).toEqual([expect.any(Number), expect.any(Number)]);
});

test('a retest whose premises fail is no flip', async () => {
  const look = async (of: Parameters<typeof visit>[1]) => (await visit([claim], of, ground, silent))[0] ?? [];
  const side = { prediction: lessThan(-1), origin: 'registered' as const };
  const trial = { claim, side, look, freshSeeds: seedsFrom(50), replicates: 2 };
  const [again] = await retest(trial, [{ 'model.layers': 3 }]);
  expect(again).toMatchObject({ verdict: 'premise failed', premiseFailures: 2, flipped: false, seeds: [50, 51] });
});

describe('a prevalence claim', () => {
  const fileOf = (name: string): string => {
    writeFileSync(join(folder, name), name);
    return pathToFileURL(join(folder, name)).href;
  };
  const of: DeclaredClaim = { ...claim, ...loadedFrom(fileOf('x.test.ts')), gather: () => expect.unreachable() };
  const where = prevalence(fileOf('px.test.ts'), {
    ...{ id: 'PX', statement: 's', of, atLeast: 0.6, stratum: 'without rehearsal', mind: ['Of this one.'] },
  });
  // The sizes of the recipe's world, so that every factor can change; training as short as in the small one.
  const { world, model } = loadSetup('fixtures/setups/recipe.json', [characters]);
  const setup = { ...small, world, model: { ...small.model, context: model.context } };
  const of6: Configuration = {
    ...{ ...ground, setup, profile: 'quick', seeds: [1, 2], together: undefined },
    project: { ...HERE, setups: { recipe: setup } },
    changed: { setups: 6, mostCost: 1 },
  };
  const of4 = { ...of6, changed: { ...of6.changed, setups: 4 } };

  test('looks at as many setups as the profile says, in both strata, and fails its premise where theirs fail', async () => {
    await prepare([where], of4, silent);
    const evidence = await where.gather(of4, unused);
    expect(evidence).toMatchObject({
      ...{ family: 'prevalence', values: [], premiseAllowance: 0, seeds: [3_000_000, 3_000_002] },
      ...{ premiseFailures: evidence.seeds, judgement: { verdict: 'premise failed', n: 0 } },
      setups: { stratum: 'without rehearsal', factors: { 'model.layers': setup.model.layers, [REHEARSAL]: 0 } },
    });
    const notes = [expect.stringMatching(/One replicate/), expect.stringMatching(/rehears/), 'Of this one.'];
    expect(evidence.mind).toEqual(notes);
    expect(evidence.setups?.outcomes).toHaveLength(4);
    for (const { failed, arms } of evidence.setups?.outcomes ?? []) {
      expect(failed?.join()).toMatch(/below its level: rl/);
      expect(arms).toEqual({ skill: NUMBERS, documents: NUMBERS });
    }
    expect(evidence.devices.join()).toMatch(/onnxruntime/);
    const fewer = await where.gather({ ...of4, changed: { setups: 2, mostCost: 1 } }, unused);
    expect(fewer.drawn).not.toBe(evidence.drawn);
    expect(fewer.setups?.outcomes).toEqual(evidence.setups?.outcomes.slice(0, 2));
  });

  test('is judged by the setups of its stratum alone, which must be those that were drawn', () => {
    const outcomes = (values: (number | null)[]): Outcome[] =>
      values.map((value, i) => ({
        ...(pointsOf(of6)[i] as Point),
        ...{ value, premise: value !== null, devices: ['cpu'] },
      }));
    const less = judged(where, of6, outcomes([-2, -2, 0, null, null, -2]));
    expect(less).toMatchObject({ values: [1, 0], premiseFailures: [3_000_004], judgement: { n: 2, mean: 0.5 } });
    expect(less.judgement.verdict).toBe('inconclusive');
    const rehearsed = judged({ ...where, stratum: 'with rehearsal' }, of6, outcomes([0, -2, 0, null, null, -2]));
    expect(rehearsed).toMatchObject({ values: [1, 1], premiseFailures: [3_000_003], drawn: less.drawn });
    expect(judged(where, of6, outcomes([-2, 0, null, 0, null, 0])).judgement.verdict).toBe('premise failed');
    expect(() => judged(where, of6, outcomes([-2]))).toThrow(/PX: 1 of 6 setups were observed/);
    const elsewhere = outcomes([-2, 0, null, 0, 0, 0]).map((outcome) => ({ ...outcome, seed: 1 }));
    expect(() => judged(where, of6, elsewhere)).toThrow(/PX: what was observed is not what was drawn/);
  });
});
