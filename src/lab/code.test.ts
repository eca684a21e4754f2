import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { PROGRAMS } from '../engine/programs.ts';
import { BUILT_IN } from './built-in.ts';
import { changedSince, codeHash, codeOf, isOwn, ownFile, rememberCode, sourcesHash } from './code.ts';
import { MAKE_ARM } from './make-arm.ts';
import { MAKE_BASE } from './make-base.ts';
import { MAKE_READING } from './make-reading.ts';

const fileOf = (list: readonly { readonly id: string; readonly file: string }[], id: string): string =>
  list.find((each) => each.id === id)?.file as string;
const base = [MAKE_BASE, PROGRAMS, fileOf(BUILT_IN.worlds, 'characters'), fileOf(BUILT_IN.engines, 'onnx:cpu')];
const filesOf = (roots: readonly string[]): string[] => codeOf(roots).files.map((file) => file.replace(/^src\//, ''));

test('a base is made by pretraining, its kind of world and its engine, and by no method, measure or other engine', () => {
  const files = filesOf(base);
  for (const file of ['train/pretrain.ts', 'train/step.ts', 'world/characters/documents.ts', 'engine/onnx/lowering.ts'])
    expect(files).toContain(file);
  expect(
    files.filter((file) => /^(measure|claims|stats|store|cli)\/|methods\/|tfjs|lab\/(?!make-base)/.test(file)),
  ).toEqual([]);
});

test('what checks the knobs of a setup makes nothing: a new one leaves every key', () => {
  const made = [MAKE_BASE, MAKE_ARM, MAKE_READING, ...base, ...BUILT_IN.methods.map(({ file }) => file)];
  expect(
    filesOf(made).filter((file) => /knobs|setup|characters\/index|(methods|measures|world)\/index/.test(file)),
  ).toEqual([]);
});

test('an arm is made by its own method alone, a reading by its own measure alone', () => {
  const arm = filesOf([MAKE_ARM, fileOf(BUILT_IN.methods, 'sdft')]);
  expect(arm.filter((file) => /^(measure|world\/characters)\/|methods\//.test(file))).toEqual([
    // What sees its places change in the course of a run.
    ...['measure/curve.ts', 'measure/drift.ts', 'measure/forced.ts', 'measure/places.ts'],
    'train/methods/sdft.ts',
  ]);
  const reading = filesOf([MAKE_READING, fileOf(BUILT_IN.measures, 'text')]);
  expect(reading.filter((file) => /measures\/|^train\//.test(file))).toEqual(['measure/measures/text.ts']);
  expect(reading).toContain('measure/comparison.ts');
});

test('the packages of a closure are those that its files import, the statistics among them where a claim is judged', () => {
  const names = (roots: readonly string[]): string[] =>
    codeOf(roots).packages.map((each) => each.slice(0, each.lastIndexOf('@')));
  expect(names(base)).toEqual(
    expect.arrayContaining(['@tensorflow/tfjs', '@tensorflow/tfjs-core', 'onnxruntime-node', 'seedrandom']),
  );
  expect(names(base)).not.toContain('simple-statistics');
  const judging = names([ownFile('claims/judging')]);
  expect(judging).toEqual(
    expect.arrayContaining(['simple-statistics', 'seedrandom', '@stdlib/stats-base-dists-t-quantile']),
  );
  expect(judging.filter((each) => each.startsWith('@stdlib/')).length).toBeGreaterThan(100);
  expect(names(base).filter((each) => each.startsWith('@types/'))).toEqual([]);
});

test('a hash is the same whatever the order of its roots, and another for other roots', () => {
  expect(codeHash(base)).toMatch(/^[0-9a-f]{64}$/);
  expect(codeHash([...base].reverse())).toBe(codeHash(base));
  expect(codeHash([...base, MAKE_ARM])).not.toBe(codeHash(base));
});

test('a file of bytes that are no text counts as unchanged as long as it is, and as changed once it is not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'code-test-'));
  try {
    const root = join(folder, 'mine.ts');
    writeFileSync(join(folder, 'package.json'), '{}');
    writeFileSync(root, "new URL('./weights.bin', import.meta.url);\n");
    writeFileSync(join(folder, 'weights.bin'), Uint8Array.of(0x9a, 0x99, 0xd9, 0x3f));
    rememberCode([root]);
    expect(changedSince([root])).toEqual([]);
    writeFileSync(join(folder, 'weights.bin'), Uint8Array.of(0x9b, 0x9a, 0xd9, 0x3f));
    expect(changedSince([root])).toEqual(['weights.bin']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what a hypothesis file says is hashed without this package, whose code is hashed by what it decides', () => {
  const path = fileURLToPath(new URL('../../hypotheses/h01-sdft-below-rl.test.ts', import.meta.url));
  expect(isOwn(path)).toBe(false);
  expect(sourcesHash(path)).toMatch(/^[0-9a-f]{64}$/);
  expect(sourcesHash('/no/such/file.ts')).toBeNull();
});
