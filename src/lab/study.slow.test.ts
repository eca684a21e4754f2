import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { EngineModule } from '../engine/engine.ts';
import type { Measure } from '../measure/measure.ts';
import { grafts } from '../measure/measures/grafts.ts';
import { drift, readingOf } from '../measure/observation.ts';
import { openStore } from '../store/store.ts';
import { type Arm, armName, atTarget } from '../train/arm.ts';
import { nullArm, rl, sdft } from '../train/arms.ts';
import type { Method } from '../train/method.ts';
import { randomReward } from '../train/methods/random-reward.ts';
import type { Setup } from '../world/knobs.ts';
import type { WorldKind } from '../world/world.ts';
import { BUILT_IN } from './built-in.ts';
import { type Catalog, kindOf, measuresFor } from './catalog.ts';
import { keysOf, type LineageKeys } from './keys.ts';
import { type ReplicateObservation, readingKeys } from './observed.ts';
import { type Job, runJobs } from './pool.ts';
import { duration, progressOn } from './progress.ts';
import { loadSetup } from './setup.ts';
import { doJobs, missingJobs, observeStudy, type Study } from './study.ts';

const setup = loadSetup('fixtures/setups/small.json', BUILT_IN.worlds);
const arms: readonly Arm[] = [nullArm(), sdft(), rl({ skill: 1 })];
const catalog = BUILT_IN;
const study: Study = { catalog, setup, engine: 'onnx:cpu', seeds: [3], arms };
let trained: string;
let folder: string;
let lines: string[];
const sink = { write: (text: string): unknown => lines.push(text) };

/** A store that holds the whole study, made by two processes' worth of studies at once; tests that need one copy it. */
beforeAll(async () => {
  trained = mkdtempSync(join(tmpdir(), 'study-trained-'));
  lines = [];
  const [a, b] = await Promise.all([observeStudy(study, trained, sink), observeStudy(study, trained, sink)]);
  expect(a).toEqual(b);
});
afterAll(() => rmSync(trained, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'study-test-'));
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const copyTrained = (): void => cpSync(trained, folder, { recursive: true });

test('two studies at once shared one store and got the same numbers; a third trains nothing', async () => {
  copyTrained();
  const third = await observeStudy(study, folder, sink);
  expect(lines).toEqual([]);
  expect(third.map(({ seed }) => seed)).toEqual([3]);
  expect(third[0]?.arms.get(armName(nullArm()))?.steps).toBe(third[0]?.arms.get(armName(sdft()))?.steps);
  expect(drift(third[0]?.arms.get(armName(rl({ skill: 1 }))) as never)).toBeGreaterThan(0);
});

test('a measure that is to be asked for reads the arms of who asks, later too, and nothing is trained again', async () => {
  copyTrained();
  const records = (kind: string): string[] => readdirSync(join(folder, 'records', kind)).sort();
  const [bases, made, before] = ['base', 'arm', 'reading'].map(records);
  const asking = { ...study, arms: [sdft()], asked: ['grafts'] };
  const [{ arms: seen }] = (await observeStudy(asking, folder, sink)) as [ReplicateObservation];
  const own = seen.get(armName(sdft()));
  expect(own?.measures).toContain('grafts');
  expect(readingOf(grafts, own as object).scales).toHaveLength(2);
  expect([records('base'), records('arm')]).toEqual([bases, made]);
  expect(records('reading')).toHaveLength((before?.length ?? 0) + 1);
  // Who does not ask sees nothing of it, and lacks nothing.
  lines = [];
  const [{ arms: others }] = (await observeStudy(study, folder, sink)) as [ReplicateObservation];
  expect(lines).toEqual([]);
  for (const each of others.values()) expect(each.measures).not.toContain('grafts');
});

test('arms of several targets fork from one base, each with what follows it; a target that the setup lacks is refused', async () => {
  const several = { ...study, setup: { ...setup, world: { ...setup.world, targets: 2 } } };
  const arms = [sdft(), nullArm()].flatMap((each) => [each, atTarget(each, 1)]);
  const [{ arms: seen }] = (await observeStudy({ ...several, arms }, folder, sink)) as [ReplicateObservation];
  expect(readdirSync(join(folder, 'records', 'base'))).toHaveLength(1);
  const steps = arms.map((each) => seen.get(armName(each))?.steps);
  expect(steps.slice(2)).toEqual(steps.slice(0, 2));
  const [first, second] = arms.map((each) => seen.get(armName(each))?.target);
  expect(first).not.toEqual(second);
  const lacking = observeStudy({ ...several, arms: [atTarget(sdft(), 2)] }, folder, sink);
  await expect(lacking).rejects.toThrow(/target 0 to 1[\s\S]*got: 2/);
});

test('a damaged record is set aside, and only what it held is made again, with the same numbers', async () => {
  copyTrained();
  const before = await observeStudy(study, folder, sink);
  const key = keysOf({ catalog, setup, seed: 3, engine: 'onnx:cpu' }).reading(sdft(), 'text');
  const path = join(folder, 'records', 'reading', `${key}.safetensors`);
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.subarray(0, bytes.length - 9));
  lines = [];
  expect(await observeStudy(study, folder, sink)).toEqual(before);
  expect(lines.join('')).toMatch(/damaged record reading\/[\s\S]*trained 1 of 1 runs/);
  expect(readdirSync(join(folder, 'set-aside'))).toHaveLength(1);
});

test('a run that fails ends the study with its name, and the runs before it stay', async () => {
  copyTrained();
  const bad: Arm = { method: 'sdft', skill: 7, rehearsal: 0 };
  const jobs: Job[] = [{ id: 'seed 3 bad', after: [], setup, bases: [], groups: [[{ seed: 3, arm: bad }]] }];
  const silent = { started: () => {}, stepped: () => {}, finished: () => {}, waiting: () => {}, reported: () => {} };
  const options = { catalog, engine: 'onnx:cpu', folder, workers: 1, events: silent } as const;
  await expect(runJobs(jobs, options)).rejects.toThrow(/seed 3 bad: /);
  // Also a seed that 32 bits do not hold.
  const large = 2 ** 31 + 4;
  const good: Job = { id: 'good', after: [], setup, bases: [large], groups: [[{ seed: large, arm: sdft() }]] };
  await expect(runJobs([...jobs, good], { ...options, tolerant: true })).rejects.toThrow(/seed 3 bad: /);
  // Without documents-only pairs a base has nothing to be asked about them: that breaks the run, not the program.
  const hollow = { ...setup, world: { ...setup.world, documentsOnlyShare: 0 } };
  const broken: Job = { id: 'broken', after: [], setup: hollow, bases: [5], groups: [] };
  const faults = await runJobs([broken, good], { ...options, tolerant: true });
  expect([...faults.keys()]).toEqual(['broken']);
  expect(missingJobs({ ...study, seeds: [large], arms: [sdft()] }, openStore(folder))).toEqual([]);
  expect((await doJobs(jobs, study, folder, sink, { until: Date.now() - 1 })).size).toBe(0);
  expect(missingJobs(study, openStore(folder))).toEqual([]);
});

test('a null arm with rehearsal waits for SDFT with as much, whose steps it copies', () => {
  const rehearsed = [nullArm({ rehearsal: 2 }), sdft({ rehearsal: 2 }), sdft()];
  const jobs = missingJobs({ ...study, arms: rehearsed }, openStore(folder));
  const { after } = jobs.find(({ id }) => id.includes('null')) as Job;
  expect(after).toEqual(['seed 3 base', 'seed 3 sdft s=0 rehearsal=2']);
});

test('jobs come bases first; the null arm waits for SDFT, whose steps it copies', () => {
  const jobs = missingJobs({ ...study, seeds: [3, 4] }, openStore(folder));
  expect(jobs.slice(0, 2).map(({ id }) => id)).toEqual(['seed 3 base', 'seed 4 base']);
  const after = Object.fromEntries(jobs.map((job) => [job.id, job.after]));
  expect(after['seed 3 null s=0 rehearsal=0']).toEqual(['seed 3 base', 'seed 3 sdft s=0 rehearsal=0']);
  expect(after['seed 3 rl s=1 rehearsal=0']).toEqual(['seed 3 base']);
});

test('where many suit the engine, what one program can train is one job, in groups as equal as can be', () => {
  const jobs = missingJobs({ ...study, seeds: [3, 4, 5], together: 2 }, openStore(folder));
  const of = ({ bases, groups }: Job) => [...bases, ...groups.flat().map(({ seed, arm }) => `${arm.method} ${seed}`)];
  expect(jobs.map((job) => [job.id, job.after, of(job)])).toEqual([
    ['seed 3 base', [], [3]],
    ['seed 4 base and 1 more', [], [4, 5]],
    ['seed 3 rl s=1 rehearsal=0', ['seed 3 base'], ['rl 3']],
    ['seed 4 rl s=1 rehearsal=0 and 1 more', ['seed 4 base and 1 more'], ['rl 4', 'rl 5']],
    ['seed 3 sdft s=0 rehearsal=0', ['seed 3 base'], ['sdft 3']],
    ['seed 4 sdft s=0 rehearsal=0 and 1 more', ['seed 4 base and 1 more'], ['sdft 4', 'sdft 5']],
    ['seed 3 null s=0 rehearsal=0', ['seed 3 base', 'seed 3 sdft s=0 rehearsal=0'], ['null 3']],
    [
      'seed 4 null s=0 rehearsal=0 and 1 more',
      ['seed 4 base and 1 more', 'seed 4 sdft s=0 rehearsal=0 and 1 more'],
      ['null 4', 'null 5'],
    ],
  ]);
});

test('a study trained together gives what its runs give alone', async () => {
  const several: Study = { ...study, seeds: [3, 4] };
  const other = mkdtempSync(join(tmpdir(), 'study-alone-'));
  cpSync(trained, other, { recursive: true });
  try {
    const observed = (replicates: readonly ReplicateObservation[]): unknown[] =>
      replicates.flatMap(({ base, arms: runs }) => [
        base.quality,
        ...[...runs.values()].map(({ devices: _, ...rest }) => rest),
      ]);
    const together = await observeStudy({ ...several, together: 2 }, folder, sink);
    expect(together[0]?.arms.get(armName(sdft()))?.devices.join()).toMatch(/2 networks in one program/);
    const alone = observed(await observeStudy(several, other, sink));
    expectClose(observed(together), alone);
  } finally {
    rmSync(other, { recursive: true, force: true });
  }
});

test('arms that follow one arm train together, each for as many steps as that one took', async () => {
  copyTrained();
  const noisy = [0.3, 0.7].map((rate) => randomReward({ skill: 1, rate }));
  const [replicate] = await observeStudy({ ...study, arms: noisy, together: 2 }, folder, sink);
  const taken = (await observeStudy(study, folder, sink))[0]?.arms.get(armName(rl({ skill: 1 })))?.steps;
  expect([...(replicate?.arms.values() ?? [])].map(({ steps }) => steps)).toEqual([taken, taken]);
});

test('another setup, seed, arm or engine is another key; a tuning knob leaves the base as it is', () => {
  const lineage = { catalog, setup, seed: 3, engine: 'onnx:cpu' };
  const keys = keysOf(lineage);
  const slower = { ...setup, tuning: { ...setup.tuning, learningRate: 1e-4 } };
  expect(keysOf({ ...lineage, setup: slower }).base).toBe(keys.base);
  expect(keysOf({ ...lineage, setup: slower }).arm(sdft())).not.toBe(keys.arm(sdft()));
  expect(keysOf({ ...lineage, seed: 4 }).base).not.toBe(keys.base);
  expect(keysOf({ ...lineage, engine: 'tfjs:cpu' }).base).not.toBe(keys.base);
  const reading = keys.reading(sdft(), 'text');
  expect(keysOf({ ...lineage, setup: slower }).reading(sdft(), 'text')).not.toBe(reading);
  expect(keys.reading(sdft(), 'target')).not.toBe(reading);
  expect(keys.arm(rl({ skill: 0 }))).not.toBe(keys.arm(rl({ skill: 0, rehearsal: 1 })));
});

test('an arm has a key of its own knobs and options alone, and of those of the arm whose steps it copies', () => {
  const tuned = (changes: Partial<Setup['tuning']>): LineageKeys =>
    keysOf({ catalog, setup: { ...setup, tuning: { ...setup.tuning, ...changes } }, seed: 3, engine: 'onnx:cpu' });
  const keys = tuned({});
  const hotter = tuned({ temperature: 3 });
  expect(hotter.arm(rl({ skill: 1 }))).not.toBe(keys.arm(rl({ skill: 1 })));
  for (const arm of [sdft(), nullArm(), rl({ skill: 1, temperature: 3 })])
    expect(hotter.arm(arm), armName(arm)).toBe(keys.arm(arm));
  const longer = tuned({ rlSteps: 2000 });
  expect(longer.arm(randomReward({ skill: 1 }))).not.toBe(keys.arm(randomReward({ skill: 1 })));
  const lower = tuned({ level: 0.5 });
  expect(lower.arm(nullArm())).not.toBe(keys.arm(nullArm()));
  const rehearsed = tuned({ rehearsalSequences: 3 });
  expect(rehearsed.arm(sdft())).toBe(keys.arm(sdft()));
  expect(rehearsed.arm(sdft({ rehearsal: 1 }))).not.toBe(keys.arm(sdft({ rehearsal: 1 })));
});

test('a new method, measure, kind of world or engine leaves the key of every stored run as it was', () => {
  const [method, measure, world, engine] = [
    catalog.methods[0],
    catalog.measures[0],
    catalog.worlds[0],
    catalog.engines[0],
  ];
  const file = import.meta.url;
  const wider: Catalog = {
    ...catalog,
    methods: [...catalog.methods, { ...(method as Method), id: 'mine', file }],
    measures: [...catalog.measures, { ...(measure as Measure), id: 'mine', file }],
    worlds: [...catalog.worlds, { ...(world as WorldKind), id: 'mine', file }],
    engines: [...catalog.engines, { ...(engine as EngineModule), id: 'mine', file }],
  };
  const all = [null, ...arms].flatMap((arm) => {
    const [before, after] = [catalog, wider].map((lists) => {
      const lineage = { catalog: lists, setup, seed: 3, engine: 'onnx:cpu' };
      const keys = keysOf(lineage);
      return [arm === null ? keys.base : keys.arm(arm), readingKeys(lineage, arm)] as const;
    }) as [readonly [string, ReadonlyMap<string, string>], readonly [string, ReadonlyMap<string, string>]];
    expect(after[0]).toBe(before[0]);
    return [...before[1]].map(([id, key]) => [key, after[1].get(id)]);
  });
  const read = measuresFor(catalog, kindOf(catalog, setup)).arms;
  expect(all.length).toBe(1 + arms.length * read.length);
  for (const [key, same] of all) expect(same).toBe(key);
});

test('progress says what runs, how many of how many and how long it takes, in plain lines where nobody watches', () => {
  let now = 0;
  const jobs = ['a', 'b', 'c', 'd'].map((id): Job => ({ id, after: [], setup, bases: [1], groups: [] }));
  const progress = progressOn(
    sink,
    jobs,
    () => [
      { cost: 4, steps: 10 },
      { cost: 6, steps: 60 },
    ],
    () => now,
  );
  progress.started(jobs[0] as Job);
  now = 60_000;
  progress.finished(jobs[0] as Job);
  progress.started(jobs[1] as Job);
  now = 90_000;
  progress.stepped(jobs[1] as Job, 1, 10, 60);
  expect(lines.at(-1)).toBe('training 1 of 4 runs, about 2 min 30 s left: b 50 %\n');
  expect(lines.every((line) => !line.includes('\r'))).toBe(true);
  progress.reported('a damaged record');
  expect(lines).toContain('a damaged record\n');
  expect(duration(61_000)).toBe('1 min 1 s');
  lines = [];
  const narrow = progressOn(
    { ...sink, isTTY: true, columns: 40 },
    [{ ...(jobs[0] as Job), id: 'x'.repeat(99) }],
    () => [{ cost: 1, steps: 1 }],
  );
  narrow.started({ ...(jobs[0] as Job), id: 'x'.repeat(99) });
  expect(lines.at(-1)?.replace('\r\x1b[2K', '')).toHaveLength(39);
});

/** Equal but for rounding: the same structure and words, and numbers within a thousandth. */
function expectClose(got: unknown, wanted: unknown, path = ''): void {
  if (typeof wanted === 'number') expect(got, path).toBeCloseTo(wanted, 3);
  else if (typeof wanted !== 'object' || wanted === null) expect(got, path).toEqual(wanted);
  else {
    expect(Object.keys(got as object), path).toEqual(Object.keys(wanted));
    for (const [key, value] of Object.entries(wanted))
      expectClose((got as Record<string, unknown>)[key], value, `${path}.${key}`);
  }
}
