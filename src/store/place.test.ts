import { existsSync, mkdirSync, mkdtempSync, rmdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { lookAt, removeStale, tryLock } from './lease.ts';
import { checkPlace } from './place.ts';
import { openStore } from './store.ts';

let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'place-test-'));
  folder = join(root, 'store');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a link to nowhere and a path that cannot be made are refused in words', () => {
  symlinkSync(join(root, 'nowhere'), folder);
  expect(() => openStore(folder)).toThrow(InputError);
  expect(() => openStore(folder)).toThrow(/a link to a place that is not there/);
  expect(() => openStore(join(folder, 'deeper'))).toThrow(InputError);
});

test.runIf(existsSync('/proc/self'))('a path in /proc is refused in words', () => {
  for (const path of ['/proc/x', '/proc/self/x', '/dev/null/x']) expect(() => openStore(path)).toThrow(InputError);
});

test('a store in the folder of the reports, or around it, is refused, also through a link', () => {
  const reports = join(root, 'project', 'reports');
  mkdirSync(join(reports, 'latest'), { recursive: true });
  symlinkSync(reports, join(root, 'link'));
  for (const inside of [
    reports,
    join(reports, 'latest'),
    join(reports, 'latest', 'store'),
    join(root, 'link', 'store'),
    root,
  ])
    expect(() => checkPlace(inside, reports), inside).toThrow(/cannot use .* as run store[\s\S]*the reports/);
  for (const outside of [
    join(root, 'project', '.spillover'),
    join(root, 'reports-2'),
    join(root, 'project', 'reportsandmore'),
  ])
    expect(() => checkPlace(outside, reports), outside).not.toThrow();
});

test.each([
  ['two hours ahead', 7_200],
  ['two hours behind', -7_200],
  ['right', 0],
])('a lock by a clock that is %s is stale once it was not renewed for 20 s as seen from here', (_, seconds) => {
  const lock = join(root, 'x.lock');
  mkdirSync(lock);
  const renewed = (at: number): void =>
    utimesSync(lock, Date.now() / 1000 + at + seconds, Date.now() / 1000 + at + seconds);
  const isThere = (now: number): boolean => {
    removeStale(lock, now);
    return existsSync(lock);
  };
  renewed(0);
  expect([0, 19_999].map(isThere)).toEqual([true, true]);
  renewed(3);
  expect([20_001, 39_000].map(isThere)).toEqual([true, true]);
  expect(isThere(40_002)).toBe(false);
  mkdirSync(lock);
  renewed(0);
  expect(isThere(100_000)).toBe(true);
  rmdirSync(lock);
});

test('a lock of a day and more ago is stale at first sight', () => {
  const lock = join(root, 'old.lock');
  mkdirSync(lock);
  const then = Date.now() / 1000 - 86_401;
  utimesSync(lock, then, then);
  removeStale(lock, 0);
  expect(existsSync(lock)).toBe(false);
});

test.each([7_200, -7_200])('a lock that bears a time %i s from ours is not taken at first sight', async (seconds) => {
  const lock = join(root, 'live.lock');
  mkdirSync(lock);
  const then = Date.now() / 1000 + seconds;
  utimesSync(lock, then, then);
  expect(await tryLock(lock, () => undefined)).toBeUndefined();
  expect(existsSync(lock)).toBe(true);
});

test('leases that nobody renews grow stale together', () => {
  const names = ['a', 'b', 'c'];
  for (const name of names) mkdirSync(join(root, `${name}.lock`));
  lookAt(root, names);
  // Looking alone takes nothing, however long: whoever removes a lock holds its guard.
  const past = Date.now() / 1000 - 86_401;
  mkdirSync(join(root, 'old.lock'));
  utimesSync(join(root, 'old.lock'), past, past);
  lookAt(root, ['old']);
  expect(existsSync(join(root, 'old.lock'))).toBe(true);
  const later = performance.now() + 20_100;
  for (const name of names) removeStale(join(root, `${name}.lock`), later);
  expect(names.map((name) => existsSync(join(root, `${name}.lock`)))).toEqual([false, false, false]);
});
