import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { evidenceOf, registryOf } from '../claims/example.test.helper.ts';
import { judgeFamily } from '../claims/gate.ts';
import { powerOf } from '../claims/power.ts';
import { equivalentWithin, greaterThan } from '../claims/verdict.ts';
import { InputError, InvariantError } from '../core/errors.ts';
import { readConfiguration } from '../project/configuration.ts';
import { HERE } from '../project/here.test.helper.ts';
import { writeRecords } from './latest.ts';
import { POWER_FILE, powerIfSound, powerText, readPower } from './power.ts';
import { POWER_COLUMNS, powerRows } from './power-table.ts';
import { readRecords } from './read.ts';

const folder = mkdtempSync(join(tmpdir(), 'power-records-'));
afterAll(() => rmSync(folder, { recursive: true }));

const common = { spec: 'abc', unit: 'TV', replicates: { quick: 6, standard: 12, full: 32 } };
const seen = { seeds: [9001, 9002, 9003, 9004], values: [0.1, 0.3, 0.2, 0.4], premiseFailures: [9003] };
const h2 = powerOf({
  ...{ ...common, ...seen, claim: 'H2', prediction: greaterThan(0.1), interest: 0.3, confirmatory: 5 },
});
const h10 = powerOf({
  ...{ ...common, ...seen, claim: 'H10', prediction: equivalentWithin(0.05), interest: 0, confirmatory: null },
});
const h3 = powerOf({
  ...{ ...common, ...seen, claim: 'H3', prediction: greaterThan(0.1), interest: null, confirmatory: 5 },
});
const put = (text: string): void => writeFileSync(join(folder, POWER_FILE), text);

test('analyses are read as they were written, by claim; none where there is no file', () => {
  expect(readPower(join(folder, 'absent'))).toEqual([]);
  put(powerText([h10, h3, h2]));
  expect(readPower(folder)).toEqual([h2, h3, h10]);
  expect(powerText(readPower(folder))).toBe(powerText([h2, h3, h10]));
});

test.each([
  ['no JSON', '{', /cannot load/],
  ['another format', '{"format": 0, "claims": []}', /format/],
  ['a claim that stands twice', powerText([h2, h3]).replace('"H3"', '"H2"'), /every claim once/],
  ['a seed without its value', powerText([h2]).replace('9004', '9004, 9005'), /a value for every seed/],
  ['a field too many', powerText([h2]).replace('"sd"', '"when": 1, "sd"'), /when/],
  [
    'another power',
    powerText([h2]).replace(/"quick": 0\.\d+/, '"quick": 0.99'),
    /edited or damaged[\s\S]*another of H2/,
  ],
  ['another mean', powerText([h3]).replace(/"mean": [\d.]+/, '"mean": 0.3'), /another of H3/],
  ['another number of replicates', powerText([h2]).replace(/"needed": \d+/, '"needed": 3'), /another of H2/],
])('%s is refused with what to do, and leaves a run without them', (_, text, message) => {
  put(text);
  expect(() => readPower(folder)).toThrow(InputError);
  expect(() => readPower(folder)).toThrow(message);
  expect(() => readPower(folder)).toThrow(/expected:[\s\S]*got:[\s\S]*to do: .*npm run power/);
  const say = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(powerIfSound(folder)).toEqual([]);
  expect(say).toHaveBeenCalledWith(expect.stringContaining('without power analyses'));
  say.mockRestore();
});

test('the records of a run have those of the project, or none, and their reader gives them', () => {
  const project = { ...HERE, reports: folder, store: join(folder, 'store') };
  const judged = judgeFamily([evidenceOf('H2', [1, 1.1, 0.9, 1.05, 0.95, 1])]);
  const run = { judged, registry: registryOf(judged), problems: [], notes: [], partial: false, merged: true };
  const powerIn = (name: string): unknown => {
    mkdirSync(join(folder, name));
    writeRecords(join(folder, name), { ...run, configuration: readConfiguration(project, {}) });
    return readRecords(join(folder, name)).power;
  };
  put(powerText([h3, h2]));
  expect(powerIn('with')).toEqual([h2, h3]);
  rmSync(join(folder, POWER_FILE));
  expect(powerIn('without')).toEqual([]);
});

test('nothing is written that could not be read', () => {
  expect(() => powerText([h2, h2])).toThrow(InvariantError);
});

test('a profile that does not hold the claim has no power', () => {
  const at = (from: 'standard' | 'full'): (string | undefined)[] =>
    powerRows([{ ...h2, from }]).flatMap((row) =>
      POWER_COLUMNS.flatMap((name, i) => (/^power at/.test(name) ? [row[i]] : [])),
    );
  expect(at('standard')).toEqual(['-', expect.stringContaining('(n = '), expect.stringContaining('(n = ')]);
  expect(at('full').slice(0, 2)).toEqual(['-', '-']);
});

test('a row says what was seen, the power at each profile, and the replicates that are needed, alone and in the family', () => {
  const rows = powerRows([h2, h3, h10]);
  for (const row of rows) expect(row).toHaveLength(POWER_COLUMNS.length);
  expect(rows[0]?.slice(0, 8)).toEqual(['H2', '> 0.1', '0.3', '4', '0.25', '0.129', 'TV', '1']);
  expect(rows[0]?.slice(8)).toEqual([
    expect.stringMatching(/^0\.\d+ \(n = 6\)$/),
    expect.stringMatching(/^0\.\d+ \(n = 12\)$/),
    '> 0.999 (n = 32)',
    `${h2.alone?.needed} (alpha 0.05)`,
    `${h2.family?.needed} (alpha 0.01)`,
  ]);
  expect(rows[0]?.[9]).toContain(Number(h2.family?.power.standard.toPrecision(3)).toString());
  expect(rows[1]?.slice(8)).toEqual(['-', '-', '-', '-', '-']);
  expect(rows[2]?.slice(-2)).toEqual([`${h10.alone?.needed} (alpha 0.05)`, '-']);
});
