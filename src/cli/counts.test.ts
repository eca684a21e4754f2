import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { type CountedModule, concludingText, countTests, type Result, withChecks } from './counts.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'counts-test-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const moduleOf = (results: readonly Result[], errors: readonly (readonly unknown[])[] = [[]]): CountedModule => ({
  errors: () => errors[0] ?? [],
  children: {
    allTests: () => results.map((result) => ({ result: () => result })),
    allSuites: () => errors.slice(1).map((each) => ({ errors: () => each })),
  },
});

test('failures are counted as failures, skipped tests by their reason, and a test that never ended failed', () => {
  const modules = [
    moduleOf([{ state: 'passed' }, { state: 'passed' }, { state: 'failed' }, { state: 'pending' }]),
    moduleOf([
      { state: 'skipped', note: 'no Chromium here' },
      { state: 'skipped', note: 'no Chromium here' },
    ]),
    moduleOf([{ state: 'skipped' }], [[new Error('a file')], [new Error('a hook')], []]),
  ];
  const counts = countTests(modules, 1);
  expect(counts).toEqual({
    ...{ passed: 2, failed: 5 },
    skipped: new Map([
      ['no Chromium here', 2],
      ['without a reason', 1],
    ]),
  });
  expect(concludingText(withChecks(counts, { passed: 3 }))).toBe(
    'skipped: 2 (no Chromium here); 1 (without a reason)\n5 passed, 5 failed\n',
  );
  expect(concludingText(withChecks(countTests([], 0), { failed: 1 }))).toBe('0 passed, 1 failed\n');
});

test('a run of vitest is counted as it went', () => {
  const folder = join(scratch, 'run');
  mkdirSync(folder);
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const files = {
    'plain.test.ts': `test('a', () => {}); test('b', () => { throw new Error('b') });
      test('c', ({ skip }) => skip('no c here')); describe('of d', () => { beforeEach(({ skip }) => skip(true, 'no d here')); test('d', () => {}); });`,
    'hook.test.ts': `describe('of e', () => { beforeAll(() => { throw new Error('hook') }); test('e', () => {}); }); test('f', () => {});`,
    'broken.test.ts': `import './absent.ts';`,
  };
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(folder, name), `import { beforeAll, beforeEach, describe, test } from 'vitest';\n${text}`);
  const child = fileURLToPath(new URL('./counts.test.child.ts', import.meta.url));
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_ENV$)/.test(name)),
  );
  const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', child, folder], {
    ...{ cwd: PROJECT, env, encoding: 'utf8' },
  });
  // a and f pass; b, the hook of e, and the broken file fail; c, d, and e after its hook are skipped.
  const [reasons, last] = stdout.trimEnd().split('\n').slice(-2);
  expect(last).toBe('2 passed, 3 failed');
  expect(reasons).toMatch(/^skipped: .*1 \(no c here\)/);
  expect(reasons).toMatch(/1 \(no d here\)/);
});
