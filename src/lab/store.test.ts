import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InputError, InvariantError } from '../core/errors.ts';
import { openStore, type RecordContent, type StoredRecord } from './store.ts';

const CHILD = fileURLToPath(new URL('./store.test.child.ts', import.meta.url));
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
  expect(await store.attempt('run', 'k', async () => content)).toBe('busy');
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
  expect(Date.now() - start).toBeLessThan(5_000);
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

test('a full disk is explained and leaves nothing half-written', () => {
  openStore(folder);
  const writeBytes = (path: string): never => {
    writeFileSync(path, 'half');
    throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  };
  expect(() => openStore(folder, { writeBytes }).write(record)).toThrow(/free some space/);
  expect(readdirSync(join(folder, 'records', 'run'))).toEqual([]);
});
