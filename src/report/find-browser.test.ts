import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { findBrowser } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'find-browser-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
const [first, second, plain] = ['first', 'second', 'plain'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
for (const each of [first, second]) {
  mkdirSync(each);
  writeFileSync(join(each, 'chromium'), '#!/bin/sh\n');
  chmodSync(join(each, 'chromium'), 0o755);
}
writeFileSync(plain, 'no program');
chmodSync(plain, 0o644);

test('the first Chromium on the PATH is taken, an explicit one before it, and none where none is wanted', () => {
  const PATH = ['', plain, first, second].join(delimiter);
  expect(findBrowser({ PATH })).toBe(join(first, 'chromium'));
  expect(findBrowser({ PATH, SPILLOVER_BROWSER: '' })).toBe(join(first, 'chromium'));
  expect(findBrowser({ PATH, SPILLOVER_BROWSER: join(second, 'chromium') })).toBe(join(second, 'chromium'));
  expect(findBrowser({ PATH, SPILLOVER_BROWSER: 'none' })).toBeUndefined();
});

test.runIf(process.platform !== 'win32').each([
  [join(folder, 'absent'), /where there is nothing/],
  [folder, /which cannot be run/],
  [plain, /which cannot be run/],
])('an explicit one that is no program (%s) is an error', (path, message) => {
  expect(() => findBrowser({ SPILLOVER_BROWSER: path })).toThrow(InputError);
  expect(() => findBrowser({ SPILLOVER_BROWSER: path })).toThrow(message);
  expect(() => findBrowser({ SPILLOVER_BROWSER: path })).toThrow(/expected:[\s\S]*or none[\s\S]*to do:/);
});
