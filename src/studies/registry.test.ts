import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { HERE } from '../project/here.test.helper.ts';
import type { ImportedEvidence } from './evidence.ts';
import { declaredImports } from './files.ts';
import { judgeImported } from './gather.ts';
import { differsFrom, entryOf, importedText, readImported } from './registry.ts';

let evidence: ImportedEvidence;
beforeAll(async () => {
  const [first] = await declaredImports(HERE.hypotheses);
  [evidence] = (await judgeImported([first ?? expect.unreachable()], HERE)) as [ImportedEvidence];
});

const fileWith = (text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'lock-')), 'imported.lock.json');
  writeFileSync(path, text);
  return path;
};

test('what is registered is read again, and evidence is as registered', () => {
  const entry = entryOf(evidence, undefined);
  const registry = readImported(fileWith(importedText({ X1: entry })));
  expect(registry).toEqual({ X1: entry });
  expect(differsFrom(evidence, registry['X1'])).toBeUndefined();
});

test('a verdict, a margin, a study or a number that is another is told, and so is a claim that is not registered', () => {
  const was = entryOf(evidence, undefined);
  expect(differsFrom(evidence, undefined)).toMatch(/X1 is not registered/);
  const moved = { ...evidence, spec: 'other', prediction: { kind: 'greater', margin: 0.5 } as const };
  expect(differsFrom(moved, was)).toMatch(/prediction: > 0\.5 share/);
  expect(differsFrom({ ...evidence, spec: 'other', studyDigest: 'other' }, was)).toMatch(/the study's files/);
  expect(differsFrom({ ...evidence, spec: 'other' }, was)).toMatch(/the hypothesis file or the code/);
  expect(differsFrom(evidence, { ...was, verdict: 'refuted' })).toMatch(/registered as refuted/);
  expect(differsFrom(evidence, { ...was, estimate: was.estimate + 1e-9 })).toMatch(/other numbers here/);
});

test('what a registration replaces stays in its history', () => {
  const first = entryOf(evidence, undefined);
  expect(entryOf(evidence, first).history).toBeUndefined();
  const second = entryOf({ ...evidence, spec: 'other' }, first);
  expect(second.history).toEqual([expect.objectContaining({ spec: first.spec, verdict: 'supported' })]);
  expect(entryOf(evidence, second).history).toHaveLength(2);
});

test('a file that was edited by hand is refused', () => {
  const text = importedText({ X1: entryOf(evidence, undefined) });
  expect(() => readImported(fileWith(text.replace('"verdict": "supported"', '"verdict": "certain"')))).toThrow(
    /verdict/,
  );
  expect(() => readImported(fileWith(text.replace('{', '{ ')))).toThrow(/other text of the same meaning/);
  expect(readImported(join(tmpdir(), 'no such file'))).toEqual({});
});
