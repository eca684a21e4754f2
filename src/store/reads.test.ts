import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StoredRecord } from './record.ts';
import { openStore, type RecordContent, type Store } from './store.ts';

// What is read of the files of records, and how often.

let root: string;
let folder: string;
let reads: number;
let store: Store;
const path = (key: string): string => join(folder, 'records', 'run', `${key}.safetensors`);
const opened = (): Store =>
  openStore(folder, {
    report: () => undefined,
    readBytes: (handle) => {
      reads += 1;
      return readFileSync(handle);
    },
  });
const content = (loss: number): RecordContent => ({
  data: { loss },
  tensors: { x: { shape: [2], values: Float32Array.of(loss, 4) } },
});
const record = (key: string, loss = 0.5): StoredRecord => ({ kind: 'run', key, ...content(loss) });

/** Some seconds go by, after which a change to a file shows in its times. */
const later = (): void => {
  vi.setSystemTime(Date.now() + 10_000);
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  root = mkdtempSync(join(tmpdir(), 'reads-test-'));
  folder = join(root, 'store');
  store = opened();
  for (const key of ['a', 'b', 'c']) store.write(record(key));
  reads = 0;
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(root, { recursive: true });
});

test('whether a record is there, and what its head says, is told without reading it', () => {
  for (let i = 0; i < 100; i++) expect([store.has('run', 'a'), store.has('run', 'z')]).toEqual([true, false]);
  expect([store.peek('run', 'a'), store.peek('run', 'z')]).toEqual([{ loss: 0.5 }, undefined]);
  expect(reads).toBe(0);
});

test('the data of a record is verified once a process, and again where the file is another', () => {
  later();
  for (let i = 0; i < 5; i++)
    for (const each of [store, opened()]) expect(each.data('run', 'a')).toEqual({ loss: 0.5 });
  expect(reads).toBe(1);
  // Read as a whole, its data are known from then on.
  store.read('run', 'b');
  expect([store.data('run', 'b'), reads]).toEqual([{ loss: 0.5 }, 2]);
  expect([store.data('run', 'z'), reads]).toEqual([undefined, 2]);
  store.read('run', 'a');
  expect(reads).toBe(3);

  const bytes = readFileSync(path('a'));
  const forged = bytes.with(bytes.length - 1, bytes.at(-1)! ^ 1);
  writeFileSync(path('a'), forged);
  // As long, and as old to look at.
  utimesSync(path('a'), 0, 0);
  expect([store.data('run', 'a'), store.has('run', 'a'), reads]).toEqual([undefined, false, 4]);
  rmSync(path('b'));
  expect(store.data('run', 'b')).toBeUndefined();
});

test('a file so young that a change would not show is verified every time', () => {
  expect([store.data('run', 'a'), store.data('run', 'a')]).toEqual([{ loss: 0.5 }, { loss: 0.5 }]);
  expect(reads).toBe(2);
});

test('what is there is read once in an attempt, and what is made once more', async () => {
  const make = async (absent: readonly number[]): Promise<RecordContent[]> => absent.map(() => content(1));
  expect(await store.attempt('run', ['a', 'b', 'c'], make)).toHaveLength(3);
  expect(reads).toBe(3);
  expect(await store.attempt('run', ['a', 'd', 'e'], make)).toEqual([record('a'), record('d', 1), record('e', 1)]);
  expect(reads).toBe(6);
});

test('a head that is damaged, of another record, or a folder says nothing, and is left where it is', () => {
  writeFileSync(path('text'), 'hello');
  writeFileSync(path('empty'), '');
  writeFileSync(path('other'), readFileSync(path('a')));
  mkdirSync(path('folder'));
  for (const key of ['text', 'empty', 'other', 'folder']) {
    expect(store.peek('run', key)).toBeUndefined();
    expect(store.has('run', key)).toBe(true);
    expect(store.read('run', key)).toBeUndefined();
    expect(store.has('run', key)).toBe(false);
  }
});
