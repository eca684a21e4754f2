import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { InputError } from './errors.ts';
import { readJson } from './json-file.ts';

let path: string;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'json-file-test-')), 'x.json');
});
afterEach(() => rmSync(join(path, '..'), { recursive: true, force: true }));

test('a byte order mark at the start and line ends of Windows are no part of a JSON file', () => {
  writeFileSync(path, '\uFEFF{\r\n  "a": "\\uFEFFb"\r\n}\r\n');
  expect(readJson(path, 'nothing')).toEqual({ a: '\uFEFFb' });
});

test('what is no JSON is refused with what helps', () => {
  writeFileSync(path, '\uFEFF\uFEFF{}');
  expect(() => readJson(path, 'restore the file')).toThrow(InputError);
  expect(() => readJson(path, 'restore the file')).toThrow(/restore the file/);
});
