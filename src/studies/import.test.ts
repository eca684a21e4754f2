import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { adapters } from './adapters/index.ts';
import { FILES } from './format.ts';
import { importStudy } from './import.ts';
import { MAPPING, readMapping } from './mapping.ts';
import { readStudy } from './read.ts';
import { FACTS } from './small.test.helper.ts';

const { format: _, metrics: __, probes: ___, characters: ____, ...study } = FACTS;
const TABLE = 'seed,method,rate,n\n1,rl,0.4,50\n1,sdft,0.1,50\n2,rl,0.5,50\n2,sdft,0.2,50\n';
const INPUT = {
  file: 'table.csv',
  row: {
    ...{
      replicate: { column: 'seed' },
      trainingSeed: { column: 'seed' },
      arm: { column: 'method' },
      n: { column: 'n' },
    },
    ...{ character: 'bob', probe: 'asked', metric: 'rate', excluded: 0 },
  },
  values: [{ column: 'rate' }],
};
const WHOLE = {
  format: MAPPING,
  study: { ...study, metrics: FACTS.metrics, probes: FACTS.probes },
  characterRole: 'bystander',
  inputs: [INPUT],
};

/** A folder with a table and a mapping of it, and what an import of them does. */
function project(mapping: object = WHOLE, table = TABLE) {
  const folder = mkdtempSync(join(tmpdir(), 'import-'));
  writeFileSync(join(folder, 'table.csv'), table);
  writeFileSync(join(folder, 'mapping.json'), JSON.stringify(mapping));
  const csv = adapters.find(({ id }) => id === 'csv') ?? expect.unreachable();
  const to = join(folder, 'study');
  return { folder, to, run: async () => importStudy(csv, readMapping(join(folder, 'mapping.json')), to) };
}

test('a table becomes a study that can be read', async () => {
  const { to, run } = project();
  expect(await run()).toEqual({ rows: 4, items: 0, notes: [] });
  const { found, facts } = await readStudy(to, [{ arms: ['rl', 'sdft'], reads: { metric: 'rate' } }]);
  expect(facts.characters).toEqual({ bob: { role: 'bystander' } });
  expect(found[0]?.arms.map((cells) => cells.map(({ value, seed, n }) => [value, seed, n]))).toEqual([
    [
      [0.4, 1, 50],
      [0.5, 2, 50],
    ],
    [
      [0.1, 1, 50],
      [0.2, 2, 50],
    ],
  ]);
  // Again, in the place of the first.
  expect(await run()).toMatchObject({ rows: 4 });
});

test.each([
  ['a percentage', WHOLE, TABLE.replace('0.4', '40'), /percentage/],
  ['text where a number should be', WHOLE, TABLE.replace('0.4', '40 %'), /line 2[\s\S]*40 %/],
  ['nothing where a number should be', WHOLE, TABLE.replace('0.4', ''), /line 2[\s\S]*nothing/],
  ['a line that is too short', WHOLE, TABLE.replace(',0.4', ''), /Invalid Record Length/],
  ['a column that stands twice', WHOLE, TABLE.replace('method', 'seed'), /'seed' twice/],
  [
    'a column that is not there',
    { ...WHOLE, inputs: [{ ...INPUT, values: [{ column: 'rates' }] }] },
    TABLE,
    /the column 'rates'/,
  ],
  ['no column of numbers', { ...WHOLE, inputs: [{ ...INPUT, values: undefined }] }, TABLE, /`values`/],
  [
    'a field that neither says',
    { ...WHOLE, inputs: [{ ...INPUT, row: { ...INPUT.row, character: undefined } }] },
    TABLE,
    /no character/,
  ],
  ['characters without a role', { ...WHOLE, characterRole: undefined }, TABLE, /bob/],
  ['a study without its source', { ...WHOLE, study: { ...WHOLE.study, source: undefined } }, TABLE, /source/],
  ['rows that stand twice', WHOLE, `${TABLE}1,rl,0.4,50\n`, /every number once/],
])('refused, with nothing written: %s', async (_what, mapping, table, said) => {
  const { folder, to, run } = project(mapping, table);
  await expect(run()).rejects.toThrow(InputError);
  await expect(run()).rejects.toThrow(said);
  expect(existsSync(to)).toBe(false);
  expect(readdirSync(folder).sort()).toEqual(['mapping.json', 'table.csv']);
});

test('a folder that holds anything else is left as it is, and so is a study that is to be replaced by a faulty one', async () => {
  const { to, run } = project();
  mkdirSync(to);
  writeFileSync(join(to, 'thesis.tex'), 'years of work');
  await expect(run()).rejects.toThrow(/thesis\.tex/);
  const other = project();
  await other.run();
  const before = readFileSync(join(other.to, FILES.observations), 'utf8');
  writeFileSync(join(other.folder, 'table.csv'), TABLE.replace('0.4', '40'));
  await expect(other.run()).rejects.toThrow(InputError);
  expect(readFileSync(join(other.to, FILES.observations), 'utf8')).toBe(before);
});
