import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { removeStaleAhead } from './lease.ts';
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

test('a lock from the future is stale once it was not renewed for 20 s as seen from here', () => {
  const lock = join(root, 'x.lock');
  mkdirSync(lock);
  const inAnHour = Date.now() / 1000 + 3_600;
  utimesSync(lock, inAnHour, inAnHour);
  for (const [at, stays] of [
    [0, true],
    [19_999, true],
  ] as const) {
    removeStaleAhead(lock, at);
    expect(existsSync(lock), `${at}`).toBe(stays);
  }
  utimesSync(lock, inAnHour + 3, inAnHour + 3);
  for (const at of [20_001, 39_000]) removeStaleAhead(lock, at);
  expect(existsSync(lock)).toBe(true);
  removeStaleAhead(lock, 40_002);
  expect(existsSync(lock)).toBe(false);
  mkdirSync(lock);
  for (const at of [0, 100_000]) removeStaleAhead(lock, at);
  expect(existsSync(lock)).toBe(true);
});
