import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRecords } from '../records/read.ts';
import { writeReport } from './write.ts';

// Records of the published report that somebody edited afterwards.

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'edited-test-'));
  cpSync('reports/published', folder, { recursive: true, filter: (path) => !/\.(html|png|svg)$/.test(path) });
});
afterEach(() => rmSync(folder, { recursive: true }));

const edit = (name: string, change: (text: string) => string): void => {
  const path = join(folder, name);
  const bytes = readFileSync(path);
  const before = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(after) : after);
};

/** What a read says that fails. */
function faultOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    return String(error);
  }
  return 'nothing is wrong';
}

test('records are read as they were written', () => {
  expect(readRecords(folder).claims.length).toBeGreaterThan(10);
});

test.each<[string, (text: string) => string, RegExp]>([
  [
    'a mean',
    (text) => text.replace(/"mean": 0\.8[\d]+/, '"mean": 0.17'),
    /its judgement are not what its numbers give/,
  ],
  ['a verdict', (text) => text.replace('"verdict": "supported"', '"verdict": "refuted"'), /its judgement are not/],
  [
    'a number of a replicate',
    (text) => text.replace(/("values": \[\s+)[\d.]+/, '$10.5'),
    /are not what its numbers give/,
  ],
  [
    'a digest of the run',
    (text) => text.replace(/("digest": ")[0-9a-f]{4}/, '$1beef'),
    /the digest is not that of the claims/,
  ],
  [
    'a verdict after Holm',
    (text) => text.replace('"familyVerdict": "supported"', '"familyVerdict": "refuted"'),
    /its verdict after Holm is not what the family gives/,
  ],
  [
    'the count of failed premises',
    (text) => text.replace(/"premiseAllowance": \d+/, '"premiseAllowance": 9'),
    /its premiseAllowance/,
  ],
])('%s that does not follow from the numbers is refused, also where no manifest tells', (_, change, message) => {
  rmSync(join(folder, 'manifest.json'));
  edit('claims.json', change);
  const told = faultOf(() => readRecords(folder));
  expect(told).toMatch(/claims.json was edited or damaged[\s\S]*to do: write the records again/);
  expect(told).toMatch(message);
});

test.each<[string, (text: string) => string]>([
  ['claims.json', (text) => text.replace('"statement": "', '"statement": "Not so: ')],
  ['observations.jsonl.gz', (text) => text.replace(/"trainedAfter":[\d.]+/, '"trainedAfter":0.5')],
  ['summary.md', (text) => `${text}All is well.\n`],
])('%s that is not as the run wrote it makes no report, now and the next time', async (name, change) => {
  edit(name, change);
  const message = new RegExp(`${name} is not as the run wrote it`);
  await expect(writeReport(folder)).rejects.toThrow(message);
  expect(() => readRecords(folder)).toThrow(message);
});
