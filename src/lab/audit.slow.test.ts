import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Json } from '../core/canonical.ts';
import { DivergedError, InputError, InvariantError, NothingToMeasureError } from '../core/errors.ts';
import type { Tensor } from '../core/safetensors.ts';
import type { StoredRecord } from '../store/record.ts';
import { openStore } from '../store/store.ts';
import type { Arm } from '../train/arm.ts';
import { nullArm, rl, sdft } from '../train/arms.ts';
import { audit, sample } from './audit.ts';
import { BUILT_IN } from './built-in.ts';
import { kindOf, measuresFor } from './catalog.ts';
import { keysOf } from './keys.ts';
import { readBaseObservation, readObservation } from './observed.ts';
import { isOutcome } from './outcome.ts';
import { type Job, runJobs } from './pool.ts';
import { isStored, type Run, redo, runsOfLineage } from './redo.ts';
import { loadSetup } from './setup.ts';
import { observeStudy } from './study.ts';

const catalog = BUILT_IN;
const setup = loadSetup('fixtures/setups/small.json', catalog.worlds);
const arms: readonly Arm[] = [nullArm(), sdft(), rl({ skill: 1 })];
const lineage = { catalog, setup, seed: 3, engine: 'onnx:cpu' } as const;
const keys = keysOf(lineage);
const runs = runsOfLineage(lineage, arms);
const runOf = (arm: Arm | null): Run => ({ lineage, arm });
let trained: string;
let folder: string;
let lines: string[];
const sink = { write: (text: string): unknown => lines.push(text) };

beforeAll(async () => {
  trained = mkdtempSync(join(tmpdir(), 'audit-trained-'));
  lines = [];
  await observeStudy({ catalog, setup, engine: 'onnx:cpu', seeds: [3], arms }, trained, sink);
});
afterAll(() => rmSync(trained, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'audit-test-'));
  cpSync(trained, folder, { recursive: true });
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Fields = Record<string, unknown>;

/** Puts another record in the place of one, as somebody who knows the format could: with a digest that is right. */
function forge(kind: string, key: string, change: (data: Fields, cells: Float32Array) => void): void {
  const store = openStore(folder);
  const record = store.read(kind, key) as StoredRecord;
  const data = structuredClone(record.data) as Fields;
  const [[name = 'none', tensor] = []] = Object.entries(record.tensors);
  const values = Float32Array.from(tensor?.values ?? []);
  change(data, values);
  const tensors = tensor === undefined ? {} : { [name]: { ...tensor, values } satisfies Tensor };
  rmSync(join(folder, 'records', kind, `${key}.safetensors`));
  store.write({ ...record, data: data as Json, tensors });
}

const reading = (data: Fields): Fields => data['reading'] as Fields;
const course = (data: Fields): Fields => data['course'] as Fields;
const first = (data: Fields): Fields => (data['reading'] as Fields[])[0] as Fields;
const keyOf = (measure: string, arm: Arm | null): string =>
  arm === null ? keys.baseReading(measure) : keys.reading(arm, measure);
const forget = (measure: string, arm: Arm): void =>
  rmSync(join(folder, 'records', 'reading', `${keyOf(measure, arm)}.safetensors`));

/** The measures of this kind of world. */
const read = measuresFor(catalog, kindOf(catalog, setup)).arms;

test.each<[measure: string, field: string, change: (data: Fields, cells: Float32Array) => void]>([
  ['bystanders', 'reading.0.tv', (data) => (first(data)['tv'] = '0.5')],
  ['bystanders', 'reading.0.tv', (data) => (first(data)['tv'] = null)],
  ['bystanders', 'reading.0.tv', (data) => (first(data)['tv'] = 1.2)],
  ['bystanders', 'reading.0.tv', (data) => (first(data)['tv'] = (first(data)['tv'] as number) / 2 + 0.3)],
  ['bystanders', 'reading.0.spread', (data) => (first(data)['spread'] = (first(data)['spread'] as number) / 2 + 0.3)],
  ['bystanders', 'reading.0.cells', (data) => (first(data)['cells'] = (first(data)['cells'] as number) + 1)],
  ['bystanders', 'reading.1.tv', (_, cells) => (cells[2] = 1 - (cells[2] as number))],
  ['bystanders', 'reading.cells[0]', (_, cells) => (cells[0] = 5)],
  ['bystanders', 'reading', (data) => (data['reading'] as unknown[]).pop()],
  ['target', 'reading.trainedAfter', (data) => (reading(data)['trainedAfter'] = -0.1)],
  ['text', 'reading.varietyTv', (data) => delete reading(data)['varietyTv']],
  ['text', 'measure', (data) => (data['measure'] = 'target')],
  ['text', 'course', (data) => (((course(data)['trajectory'] as Fields[])[0] as Fields)['success'] = 0.01)],
  ['target', 'seed', (data) => (data['seed'] = 4)],
  ['target', 'arm', (data) => (data['arm'] = rl({ skill: 1 }))],
  ['target', 'course.steps', (data) => (course(data)['steps'] = 'ten')],
  ['target', 'trajectory', (data) => (course(data)['trajectory'] as unknown[]).reverse()],
  [
    'target',
    'trajectory',
    (data) => (course(data)['steps'] = (course(data)['steps'] as number) + setup.tuning.checkpointEvery),
  ],
  ['target', 'reached', (data) => (course(data)['reached'] = !course(data)['reached'])],
  ['target', 'devices', (data) => (data['devices'] = [])],
])('a reading of %s with a wrong %s is never judged (%#)', (measure, field, change) => {
  const store = openStore(folder);
  expect(readObservation(store, lineage, sdft())?.seed).toBe(3);
  forge('reading', keyOf(measure, sdft()), change);
  const read = () => readObservation(openStore(folder), lineage, sdft());
  expect(read).toThrow(InputError);
  expect(read).toThrow(new RegExp(`reading/${keyOf(measure, sdft())}[^\\n]*: ${field.replace(/[[\]]/g, '\\$&')}`));
});

test.each<[field: string, change: (data: Fields) => void]>([
  ['reading.seen', (data) => (reading(data)['seen'] = '1')],
  ['reading.seen', (data) => (reading(data)['seen'] = 1.01)],
  ['reading.chance', (data) => (reading(data)['chance'] = 0.5)],
  ['seed', (data) => (data['seed'] = 4)],
])('a reading of a base with a wrong %s is never judged (%#)', (field, change) => {
  forge('reading', keyOf('quality', null), change);
  expect(() => readBaseObservation(openStore(folder), lineage)).toThrow(new RegExp(`: ${field}\\n`));
});

test('a record without its cells is never judged', () => {
  const store = openStore(folder);
  const record = store.read('reading', keyOf('bystanders', sdft())) as StoredRecord;
  forget('bystanders', sdft());
  store.write({ ...record, tensors: {} });
  expect(() => readObservation(openStore(folder), lineage, sdft())).toThrow(/: reading\.cells\n/);
});

const outcomes = async (again: 'measured' | 'trained', chosen: readonly Run[]): Promise<string[]> =>
  (
    await redo(
      chosen.map((run) => ({ run, again })),
      folder,
      2,
      sink,
    )
  ).map(({ outcome }) => outcome);

test('measuring again finds a forged observation of every kind, and that a sound one is sound', async () => {
  for (const arm of [nullArm(), rl({ skill: 1 })])
    forge('reading', keyOf('text', arm), (data) => (reading(data)['varietyTv'] = 0.123));
  forge('reading', keyOf('quality', null), (data) => (reading(data)['varieties'] = 0.9));
  expect(await outcomes('measured', runs)).toEqual(['differs', 'differs', 'same', 'differs']);
  writeFileSync(join(folder, 'records', 'reading', `${keyOf('target', sdft())}.safetensors`), 'damaged');
  const [redone] = await redo([{ run: runOf(sdft()), again: 'measured' }], folder, 1, sink);
  expect(redone).toMatchObject({
    outcome: 'differs',
    detail: expect.stringMatching(/reading\/.*which is damaged/),
  });
});

test('training again finds a forged network, also where its observation was made from it', async () => {
  forge('arm', keys.arm(sdft()), (_, parameters) => (parameters[7] = 0.25));
  for (const { id } of read) forget(id, sdft());
  await observeStudy({ catalog, setup, engine: 'onnx:cpu', seeds: [3], arms }, folder, sink);
  expect(await outcomes('measured', [runOf(sdft())])).toEqual(['same']);
  expect(await outcomes('trained', runs)).toEqual(['same', 'same', 'differs', 'same']);
});

test('what is only measured again needs none of the arms that it was made after', async () => {
  rmSync(join(folder, 'records', 'arm', `${keys.arm(sdft())}.safetensors`));
  expect(await outcomes('measured', [runOf(nullArm())])).toEqual(['same']);
  await expect(outcomes('trained', [runOf(nullArm())])).rejects.toThrow(/cannot be done again/);
});

test('an audit says what it did again and how probably it finds a forgery, and stops at one', async () => {
  await audit(runs, folder, sink, true);
  expect(lines.join('')).toMatch(
    /audit: measured 3 of 4 networks again and trained seed 3 (null|sdft)[^,]*, seed 3 (base|rl)/,
  );
  expect(lines.join('')).toMatch(
    /the same numbers\n[\s\S]*found with 75 %, one forged null or SDFT network with 50 %, one forged base or RL network with 5 %;/,
  );
  forge('reading', keyOf('text', sdft()), (data) => (reading(data)['varietyTv'] = 0.123));
  await expect(audit([runOf(sdft())], folder, sink, false)).rejects.toThrow(
    /gave other numbers than the store[\s\S]*seed 3 sdft/,
  );
});

test('an audit leaves out what is damaged, which the claims make again, and draws something else', async () => {
  for (const [kind, key] of [
    ['arm', keys.arm(rl({ skill: 1 }))],
    ['reading', keyOf('target', sdft())],
  ] as const)
    writeFileSync(join(folder, 'records', kind, `${key}.safetensors`), 'damaged');
  await audit(runs, folder, sink, false);
  expect(lines.join('')).toMatch(/audit: measured 2 of 4 networks again and trained seed 3 null[^:]* again: the same/);
});

test('the methods that an audit names are those of the runs it draws from', async () => {
  await audit([runOf(null), runOf(nullArm())], folder, sink, false);
  expect(lines.join('')).toMatch(/one forged null network with 100 %, one forged base network with 10 %;/);
});

test('records of another device are counted, not compared', async () => {
  for (const { id } of read) forge('reading', keyOf(id, sdft()), (data) => (data['devices'] = ['an abacus']));
  forge('arm', keys.arm(sdft()), (data) => (data['device'] = 'an abacus'));
  await audit([runOf(sdft())], folder, sink, false);
  expect(lines.join('')).toMatch(/2 of 2 not comparable, since they ran on another device \(.*abacus/);
  expect(lines.join('')).not.toMatch(/found with/);
});

test('a fault of the store is no outcome of a setup: it ends also a run that goes on after those', async () => {
  forge('base', keys.base, (_, parameters) => (parameters[7] = 0.25));
  for (const { id } of read) forget(id, sdft());
  const job: Job = { id: 'point 1', after: [], setup, bases: [], groups: [[{ seed: 3, arm: sdft() }]] };
  const events = { started: () => {}, stepped: () => {}, finished: () => {}, waiting: () => {}, reported: () => {} };
  const run = runJobs([job], { catalog, engine: 'onnx:cpu', folder, workers: 1, tolerant: true, events });
  await expect(run).rejects.toThrow(/point 1: .*seed 3 sdft.* was forked from another base/);
});

test('only networks that diverged and worlds with nothing to measure are outcomes', () => {
  expect([new DivergedError('NaN'), new NothingToMeasureError('no cell')].map(isOutcome)).toEqual([true, true]);
  const fault = new InputError('x', { expected: 'a', got: 'b', todo: 'c' });
  expect([new InvariantError('forked'), fault, new Error('died'), 'NaN', undefined].map(isOutcome)).toEqual(
    new Array(5).fill(false),
  );
});

test('runs that the store lacks are in no audit, and a sample has every item once', () => {
  const store = openStore(folder);
  expect(runs.filter((run) => isStored(store, run))).toHaveLength(4);
  expect(isStored(store, runOf(sdft({ rehearsal: 1 })))).toBe(false);
  expect(sample([1, 2, 3], 9).sort()).toEqual([1, 2, 3]);
  expect(
    new Set(
      sample(
        Array.from({ length: 50 }, (_, i) => i),
        20,
      ),
    ).size,
  ).toBe(20);
});
