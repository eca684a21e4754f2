import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { withLock } from './lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'lock-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('work under one lock is done one after the other, so that reading, merging and writing loses nothing', async () => {
  const file = join(folder, 'list.json');
  writeFileSync(file, '[]');
  const add = (name: string): Promise<void> =>
    withLock(`${file}.lock`, async () => {
      const before = JSON.parse(readFileSync(file, 'utf8')) as string[];
      await sleep(20);
      writeFileSync(file, JSON.stringify([...before, name]));
    });
  await Promise.all(['a', 'b', 'c', 'd'].map(add));
  expect((JSON.parse(readFileSync(file, 'utf8')) as string[]).sort()).toEqual(['a', 'b', 'c', 'd']);
  expect(existsSync(`${file}.lock`)).toBe(false);
});

test('gives what the work gives, and is free after work that throws', async () => {
  const path = join(folder, 'x.lock');
  expect(await withLock(path, () => 7)).toBe(7);
  await expect(
    withLock(path, () => {
      throw new RangeError('x');
    }),
  ).rejects.toThrow(RangeError);
  expect(await withLock(path, async () => 8)).toBe(8);
});

test('says what it waits for, and takes over what a killed process held', async () => {
  const path = join(folder, 'dead.lock');
  mkdirSync(path);
  const said: string[] = [];
  const waiting = withLock(
    path,
    () => 'mine',
    (message) => {
      said.push(message);
      // Of more than a day ago: stale at sight.
      utimesSync(path, 0, 0);
    },
  );
  expect(await waiting).toBe('mine');
  expect(said).toEqual([`waiting for another process, which holds ${path} (20 s where it was killed)`]);
});
