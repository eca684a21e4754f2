import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Counts } from './counts.ts';
import { memoryOf } from './memory.ts';
import { besideChecks } from './run.ts';

// A project of which everything passed on the very same files.

const code = process.exitCode;
const projects = ['unit', 'slow'];
const counts: Counts = { passed: 3, failed: 0, skipped: new Map() };
let folder: string;
let said: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-test-'));
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  writeFileSync(join(modules, '.package-lock.json'), '{}');
  const places = { project: folder, modules, kept: join(modules, '.cache', 'spillover', 'passed') };
  const all = ['static checks', ...projects];
  const memory = memoryOf(all, places, { all: false, environment: process.env });
  memory.learn(new Map(all.map((each) => [each, { ...counts, whole: true }])));
  said = '';
  vi.stubEnv('CI', '');
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = code;
  rmSync(folder, { recursive: true });
});

test('what passed is not run again, which is said, and a run that has nothing else to do is no failure', async () => {
  const work = vi.fn();
  await besideChecks({ files: { folder } }, { projects, all: false, again: 'npm run check -- --all' }, work);
  expect(work).not.toHaveBeenCalled();
  expect(said).toMatch(/^skipped: 9 \(passed on this very tree at .*; npm run check -- --all runs them again\)\n/);
  expect(said).toMatch(/\n0 passed, 0 failed\n$/);
  expect(process.exitCode).toBe(code);
});

test('what runs every time runs alone, and one that looked at nothing then is a failure', async () => {
  const extent = { projects, always: ['hypotheses'], all: false, again: 'npm test -- --all' };
  const work = vi.fn(async () => ({ counts, ended: new Map() }));
  await besideChecks({ files: { folder } }, extent, work);
  expect(work).toHaveBeenCalledExactlyOnceWith(['hypotheses']);
  expect(said).toMatch(/^skipped: 9 \([^)]*\)\n3 passed, 0 failed\n$/);
  expect(process.exitCode).toBe(code);
  work.mockResolvedValue({ counts: { ...counts, passed: 0 }, ended: new Map() });
  await besideChecks({ files: { folder } }, extent, work);
  expect(process.exitCode).toBe(1);
});

test('what takes longest is left to --all, which is said with how many files it has; known to pass it counts as that', async () => {
  mkdirSync(join(folder, 'src', 'x'), { recursive: true });
  for (const name of ['a.slow.test.ts', 'x/b.slow.test.ts', 'c.test.ts']) writeFileSync(join(folder, 'src', name), '');
  const extent = { projects, always: ['hypotheses'], later: ['slow'], all: false, again: 'npm test -- --all' };
  const work = vi.fn(async () => ({ counts, ended: new Map() }));
  // The files are others now: nothing is known to pass.
  await besideChecks({ files: { folder } }, extent, work);
  expect(work).toHaveBeenLastCalledWith(['unit', 'hypotheses']);
  expect(said).toMatch(/skipped: 2 \(files of slow tests: npm test -- --all runs them, as CI does\)\n/);
  await besideChecks({ files: { folder } }, { ...extent, all: true }, work);
  expect(work).toHaveBeenLastCalledWith(['unit', 'slow', 'hypotheses']);
  vi.stubEnv('CI', 'true');
  await besideChecks({ files: { folder } }, extent, work);
  expect(work).toHaveBeenLastCalledWith(['unit', 'slow', 'hypotheses']);
});
