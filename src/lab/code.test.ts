import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { codeHash, decidingVersions, MEASURING_CODE, packageFile, sourceHashes, textHash } from './code.ts';

const SOURCE = fileURLToPath(new URL('..', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'code-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (file: string, text: string): void => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};

test('line ends and a byte order mark are no part of a hash; everything else is', () => {
  const text = 'one\ntwo\n';
  expect(textHash('one\r\ntwo\r\n')).toBe(textHash(text));
  expect(textHash(`\uFEFF${text}`)).toBe(textHash(text));
  for (const other of ['one\ntwo', 'one\n two\n', 'one\rtwo\n', 'one\n\uFEFFtwo\n'])
    expect(textHash(other)).not.toBe(textHash(text));
});

test('the sources of a place are all files in it, subfolders too, tests left out, by paths with /', () => {
  put('core/a.ts', 'a');
  put('core/deep/b.ts', 'b');
  put('core/deep/c.test.ts', 'c');
  put('core/notes.md', 'd');
  put('corel/e.ts', 'e');
  put('lab/lineage.ts', 'f');
  put('lab/other.ts', 'g');
  const files = (places?: readonly string[]): string[] => [...sourceHashes(folder, places).keys()];
  expect(files(['core', 'lab/lineage.ts'])).toEqual(['core/a.ts', 'core/deep/b.ts', 'lab/lineage.ts']);
  expect(files()).toEqual(['core/a.ts', 'core/deep/b.ts', 'corel/e.ts', 'lab/lineage.ts', 'lab/other.ts']);
  const before = sourceHashes(folder, ['core']).get('core/deep/b.ts');
  put('core/deep/b.ts', 'b // changed');
  expect(sourceHashes(folder, ['core']).get('core/deep/b.ts')).not.toBe(before);
});

test('the code of a place is its files and no others', () => {
  const all = [...sourceHashes(SOURCE, MEASURING_CODE).keys()];
  expect(all).toContain('measure/drift.ts');
  expect(all).toContain('lab/lineage.ts');
  expect(all).not.toContain('store/store.ts');
  expect(codeHash(MEASURING_CODE)).toMatch(/^[0-9a-f]{64}$/);
  expect(codeHash(MEASURING_CODE)).not.toBe(codeHash(['core']));
});

test('a package is found in the nearest node_modules above, also with Windows paths', () => {
  const installed = [
    'C:\\Users\\eve\\node_modules\\seedrandom\\package.json',
    'C:\\Users\\eve\\lab\\node_modules\\@stdlib\\x\\package.json',
    'C:\\Users\\eve\\lab\\node_modules\\@stdlib\\x\\node_modules\\seedrandom\\package.json',
  ];
  const find = (name: string, from: string): string =>
    packageFile(name, from, win32, (file) => installed.includes(file));
  expect(find('@stdlib/x', 'C:\\Users\\eve\\lab\\src\\lab')).toBe(installed[1]);
  expect(find('seedrandom', 'C:\\Users\\eve\\lab\\src\\')).toBe(installed[0]);
  expect(find('seedrandom', 'C:\\Users\\eve\\lab\\node_modules\\@stdlib\\x')).toBe(installed[2]);
  expect(() => find('absent', 'D:\\elsewhere')).toThrow(/no package absent/);
});

test('every package that code for records, statistics or claims imports is a part of a hash or computes nothing', () => {
  const others = ['zod', 'vitest', 'proper-lockfile', 'onnxruntime-node', 'onnx-buf', '@bufbuild/protobuf'];
  const tensors = /^@tensorflow\/tfjs/;
  const deciding = decidingVersions();
  const texts = [
    ...sourceHashes(SOURCE, [
      'core',
      'world',
      'model',
      'train',
      'measure',
      'engine',
      'stats',
      'claims',
      'explore',
    ]).keys(),
  ];
  const imported = texts.flatMap((file) =>
    [...readFileSync(join(SOURCE, file), 'utf8').matchAll(/from '([^.'][^']*)'/g)].map(([, name]) => name as string),
  );
  const packages = [...new Set(imported)].filter((name) => !name.startsWith('node:') && !tensors.test(name));
  const unknown = packages.filter(
    (name) => !others.includes(name) && name !== 'fast-check' && !deciding.some((each) => each.startsWith(`${name}@`)),
  );
  expect(unknown).toEqual([]);
  expect(deciding).toContain('seedrandom@3.0.5');
  expect(deciding.filter((each) => each.startsWith('@stdlib/')).length).toBeGreaterThan(100);
});
