import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** From the top down; a file may import from its own folder and from lower lines, never from a sibling on its line. */
const LAYERS: readonly (readonly string[])[] = [
  ['cli'],
  ['report', 'explore', 'vitest', 'testing'],
  ['records'],
  ['studies'],
  ['claims'],
  ['project'],
  ['lab'],
  ['measure'],
  ['train'],
  ['model'],
  ['engine', 'world', 'stats', 'store'],
  ['core'],
];
const SOURCE = fileURLToPath(new URL('.', import.meta.url));
const levelOf = (folder: string): number => LAYERS.findIndex((line) => line.includes(folder));
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
const isTest = (file: string): boolean => file.includes('.test.');
/** Layers (and fixtures) that a text imports from, statically or not. */
const imported = (text: string): string[] =>
  [...text.matchAll(/(?:from|import\() *'(?:\.\.\/)+(?:src\/)?([a-z]+)\/[^']+'/g)]
    .map(([, folder]) => folder as string)
    .filter((folder) => folder === 'fixtures' || LAYERS.flat().includes(folder));

test('every folder of src is a layer', () => {
  const folders = readdirSync(SOURCE, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(LAYERS.flat().sort());
});

test.each(LAYERS.flat())('%s imports from lower layers only', (folder) => {
  // A test may make what it tests of things from above, as a user would.
  const sources = filesIn(join(SOURCE, folder)).filter((file) => !isTest(file));
  const wrong = sources.flatMap((file) =>
    imported(readFileSync(join(SOURCE, folder, file), 'utf8'))
      .filter((other) => other !== 'fixtures' && other !== folder && levelOf(other) <= levelOf(folder))
      .map((other) => `${folder}/${file} imports from ${other}`),
  );
  expect(wrong).toEqual([]);
});

test('hypotheses say everything with what the package exports', () => {
  const folder = join(SOURCE, '..', 'hypotheses');
  const wrong = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/from '(\.\.\/[^']+)'/g)])
    .map(([, from]) => from)
    .filter((from) => from !== '../src/index.ts' && from !== '../src/imported.ts');
  expect(wrong).toEqual([]);
});

test('no file is longer than 300 lines', () => {
  const long = filesIn(SOURCE).filter((file) => readFileSync(join(SOURCE, file), 'utf8').split('\n').length > 300);
  expect(long).toEqual([]);
});
