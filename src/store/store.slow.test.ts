import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InputError, InvariantError } from '../core/errors.ts';
import type { StoredRecord } from './record.ts';
import { openStore, type RecordContent } from './store.ts';

/** After this time any lease without a sign of life is taken over; see `lease.ts`. */
const STALE_MS = 20_000;
const CHILD = fileURLToPath(new URL('./store.test.child.ts', import.meta.url));
const READER = fileURLToPath(new URL('./reader.test.child.ts', import.meta.url));
let root: string;
let folder: string;
let log: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'store-test-'));
  folder = join(root, 'store');
  log = join(root, 'log');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const content: RecordContent = { data: { loss: 0.5 }, tensors: { x: { shape: [2], values: Int32Array.of(3, 4) } } };
const record: StoredRecord = { kind: 'run', key: 'k', ...content };
const child = (ms: number) => fork(CHILD, [folder, log, String(ms)], { execArgv: ['--import', 'tsx'] });

test('of three processes exactly one makes the record', async () => {
  const codes = await Promise.all([1, 2, 3].map(async () => (await once(child(500), 'exit'))[0]));
  expect(codes).toEqual([0, 0, 0]);
  expect(readFileSync(log, 'utf8').trim().split('\n')).toHaveLength(1);
});

test('a live holder keeps its lease; after kill -9 one of several makes the record at once', async () => {
  const holder = child(60_000);
  while ((await once(holder, 'message'))[0] !== 'making');
  const store = openStore(folder);
  expect(await store.attempt('run', ['j', 'k'], async () => [content, content])).toBe('busy');
  expect(store.read('run', 'j')).toBeUndefined();
  const exit = once(holder, 'exit');
  holder.kill('SIGKILL');
  await exit;
  expect(store.read('run', 'k')).toBeUndefined();
  let makes = 0;
  const make = async (): Promise<RecordContent> => {
    makes += 1;
    return content;
  };
  const start = Date.now();
  expect(await Promise.all([1, 2, 3].map(() => store.obtain('run', 'k', make)))).toEqual([record, record, record]);
  expect(makes).toBe(1);
  // At once: a dead holder's lease is not waited for until it is stale.
  expect(Date.now() - start).toBeLessThan(STALE_MS);
});

test('changing any byte of a record is detected and the file set aside', () => {
  const store = openStore(folder, { report: () => undefined });
  const path = join(folder, 'records', 'run', 'k.safetensors');
  store.write(record);
  const bytes = readFileSync(path);
  fc.assert(
    fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      rmSync(join(folder, 'set-aside'), { recursive: true, force: true });
      writeFileSync(path, bytes.with(at, bytes[at]! ^ flip));
      expect(store.read('run', 'k')).toBeUndefined();
      expect(readdirSync(join(folder, 'set-aside'))).toHaveLength(1);
    }),
    { seed: 20260101, numRuns: 100 },
  );
});

test('another content under a key is refused and the old one kept', () => {
  const store = openStore(folder);
  store.write(record);
  store.write(record);
  expect(() => store.write({ ...record, data: 1 })).toThrow(InvariantError);
  expect(store.read('run', 'k')).toEqual(record);
});

test('a foreign folder is refused and left as it is', () => {
  mkdirSync(folder);
  writeFileSync(join(folder, 'thesis.txt'), 'mine');
  expect(() => openStore(folder)).toThrow(InputError);
  expect(readdirSync(folder)).toEqual(['thesis.txt']);
});

test('a store path that is a file is refused', () => {
  writeFileSync(folder, 'mine');
  expect(() => openStore(folder)).toThrow(InputError);
});

test.each([
  ['a full disk', 'ENOSPC', /free some space/],
  ['a read-only disk', 'EROFS', /a folder that can be written/],
  ['a folder of another user', 'EACCES', /change its permissions/],
])('%s is explained and leaves nothing half-written', (_, code, message) => {
  openStore(folder);
  const writeBytes = (path: string): never => {
    writeFileSync(path, 'half');
    throw Object.assign(new Error('refused'), { code });
  };
  expect(() => openStore(folder, { writeBytes }).write(record)).toThrow(InputError);
  expect(() => openStore(folder, { writeBytes }).write(record)).toThrow(message);
  expect(readdirSync(join(folder, 'records', 'run'))).toEqual([]);
});

test.each([0, 1, 7, 8, 40, -1])('a record cut off at byte %i is set aside and made again', async (end) => {
  const reports: string[] = [];
  const store = openStore(folder, { report: (message) => reports.push(message) });
  store.write(record);
  const path = join(folder, 'records', 'run', 'k.safetensors');
  writeFileSync(path, readFileSync(path).subarray(0, end));
  expect(await store.obtain('run', 'k', async () => content)).toEqual(record);
  expect(reports.join()).toMatch(/damaged record run\/k moved to .*set-aside/);
});

test('a record under the name of another, and text in its place, are set aside', () => {
  const store = openStore(folder, { report: () => undefined });
  store.write(record);
  const path = (key: string): string => join(folder, 'records', 'run', `${key}.safetensors`);
  copyFileSync(path('k'), path('other'));
  writeFileSync(path('text'), 'hello');
  expect(store.read('run', 'other')).toBeUndefined();
  expect(store.read('run', 'text')).toBeUndefined();
  expect(readdirSync(join(folder, 'set-aside'))).toHaveLength(2);
  expect(store.read('run', 'k')).toEqual(record);
});

test('a store of a later format is refused and left as it is', () => {
  openStore(folder).write(record);
  writeFileSync(join(folder, 'spillover-store.json'), '{"format":"2"}\n');
  expect(() => openStore(folder)).toThrow(/another format/);
  expect(readdirSync(join(folder, 'records', 'run'))).toEqual(['k.safetensors']);
});

test('a tensor with a number that is not finite is never kept', () => {
  const store = openStore(folder);
  const tensors = { x: { shape: [2], values: Float32Array.of(1, Number.NaN) } };
  expect(() => store.write({ ...record, tensors })).toThrow(/x\[1\] of record run\/k is NaN/);
  expect(store.read('run', 'k')).toBeUndefined();
});

test('temporary files of our writers that died long ago are removed; young ones, others’, and what links lead to stay', () => {
  const before = join(root, 'before');
  openStore(before).write(record);
  renameSync(before, folder);
  const elsewhere = join(root, 'elsewhere');
  mkdirSync(elsewhere);
  const name = (of: string): string => `${of}.safetensors.12-4b1a2c3d-0000-4000-8000-123456789abc.tmp`;
  const files = [
    ...['old', 'young'].map((of) => join(folder, 'records', 'run', name(of))),
    ...[join(folder, 'records', 'run', 'thesis.tmp'), join(elsewhere, name('linked')), join(elsewhere, name('target'))],
  ];
  const twoDaysAgo = Date.now() / 1000 - 2 * 86_400;
  for (const path of files) {
    writeFileSync(path, 'half');
    if (!path.includes('young')) utimesSync(path, twoDaysAgo, twoDaysAgo);
  }
  symlinkSync(elsewhere, join(folder, 'records', 'linked'));
  symlinkSync(join(elsewhere, name('target')), join(folder, 'records', 'run', name('link')));
  openStore(folder);
  const left = ['k.safetensors', name('link'), 'thesis.tmp', name('young')];
  expect(readdirSync(join(folder, 'records', 'run')).sort()).toEqual(left.sort());
  expect(readdirSync(elsewhere).sort()).toEqual([name('linked'), name('target')]);

  // Once a process: looking takes as long as the store is large.
  const later = files[0] as string;
  writeFileSync(later, 'half');
  utimesSync(later, twoDaysAgo, twoDaysAgo);
  openStore(folder);
  expect(existsSync(later)).toBe(true);
});

test('a complete store that cannot be written is read; what is missing or damaged there is an error at its write', async () => {
  openStore(folder).write(record);
  const path = join(folder, 'records', 'run', 'bad.safetensors');
  writeFileSync(path, 'damaged');
  chmodSync(root, 0o755);
  const readOnly = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true }))
      if (entry.isDirectory()) readOnly(join(at, entry.name));
    chmodSync(at, 0o555);
  };
  readOnly(folder);
  try {
    const reader = fork(READER, [folder], { execArgv: ['--import', 'tsx'] });
    const [told] = await once(reader, 'message');
    expect(told).toEqual({
      read: { answer: 0.5 },
      obtained: { answer: 0.5 },
      damaged: true,
      reports: [expect.stringMatching(/damaged record run\/bad counts as absent and stays where it is/)],
      write: expect.stringMatching(/^InputError: cannot use [\s\S]*a folder that can be written/),
      obtain: expect.stringMatching(/^InputError: cannot use [\s\S]*a folder that can be written/),
    });
  } finally {
    const writable = (at: string): void => {
      chmodSync(at, 0o755);
      for (const entry of readdirSync(at, { withFileTypes: true }))
        if (entry.isDirectory()) writable(join(at, entry.name));
    };
    writable(folder);
  }
});

test('nothing is written where that is refused right before', () => {
  const refuse = (): never => {
    throw new InputError('the code changed', { expected: 'a', got: 'b', todo: 'c' });
  };
  expect(() => openStore(folder, { beforeWrite: refuse }).write(record)).toThrow(/the code changed/);
  expect(openStore(folder).read('run', 'k')).toBeUndefined();
});

test('who holds a record is told by process id and host', async () => {
  const holder = child(60_000);
  while ((await once(holder, 'message'))[0] !== 'making');
  const holders: string[] = [];
  const store = openStore(folder, { held: (by) => holders.push(by) });
  expect(await store.attempt('run', ['k'], async () => [content])).toBe('busy');
  expect(holders).toEqual([`process ${holder.pid} on ${hostname()}`]);
  const exit = once(holder, 'exit');
  holder.kill('SIGKILL');
  await exit;
});

test('of several records only the absent ones are made, in their places; nothing is kept of a making that fails', async () => {
  const store = openStore(folder);
  const of = (loss: number): RecordContent => ({ ...content, data: { loss } });
  store.write({ kind: 'run', key: 'b', ...of(2) });
  const asked: number[][] = [];
  const make = async (absent: readonly number[]): Promise<RecordContent[]> => {
    asked.push([...absent]);
    return absent.map((i) => of(i));
  };
  const records = (await store.attempt('run', ['c', 'b', 'a'], make)) as StoredRecord[];
  expect(asked).toEqual([[0, 2]]);
  expect(records.map(({ key, data }) => [key, data])).toEqual([
    ['c', { loss: 0 }],
    ['b', { loss: 2 }],
    ['a', { loss: 2 }],
  ]);
  const fails = () => store.attempt('run', ['x', 'y'], () => Promise.reject(new Error('no luck')));
  await expect(fails()).rejects.toThrow('no luck');
  await expect(store.attempt('run', ['x', 'y'], async () => [content])).rejects.toThrow(/2 records wanted, 1 made/);
  expect([store.read('run', 'x'), store.read('run', 'y')]).toEqual([undefined, undefined]);
  // The leases are free again.
  expect(await store.attempt('run', ['x', 'y'], async () => [content, content])).toHaveLength(2);
  await expect(store.attempt('run', ['x', 'x'], make)).rejects.toThrow(/asked for twice/);
});
