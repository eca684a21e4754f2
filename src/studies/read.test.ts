import { once } from 'node:events';
import { createWriteStream, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import type { Question } from './answer.ts';
import { FILES, importJsonSchema } from './format.ts';
import { readStudy } from './read.ts';
import { Seen } from './seen.ts';
import { FACTS, rowsOfSeeds, studyIn } from './small.test.helper.ts';

const BYSTANDERS: Question = { arms: ['rl', 'sdft'], reads: { metric: 'rate', characters: 'bystander' } };
const row = (change: object): string => JSON.stringify({ ...rowsOfSeeds()[1], step: 99, ...change });
const text = (from: string, to: string): string => JSON.stringify(rowsOfSeeds()[1]).replace(from, to);

test('a study is read once: means over characters, the target beside, arms in the order that is asked for', async () => {
  const folder = studyIn(FACTS, rowsOfSeeds());
  const { found, rows, digest } = await readStudy(folder, [
    BYSTANDERS,
    { arms: ['sdft'], reads: { metric: 'rate', characters: ['bob'] } },
  ]);
  expect([rows, digest.length]).toEqual([36, 64]);
  const [all, one] = found;
  expect(all?.arms.map((cells) => cells[1]?.value)).toEqual([expect.closeTo(0.44, 12), expect.closeTo(0.12, 12)]);
  expect(all?.arms[0]?.[0]).toMatchObject({
    replicate: 'run 1',
    seed: 1,
    base: 'a base',
    rows: 2,
    n: 200,
    k: null,
    excluded: 0,
    target: 0.9,
  });
  expect(one?.arms[0]?.[0]).toMatchObject({ rows: 1, n: 100, items: ['asked sha256:0123456789'] });
});

test('the last step is read where none is asked for', async () => {
  const rows = [0, 5, 10].flatMap((step) => rowsOfSeeds([1], 0).map((each) => ({ ...each, step, value: step / 10 })));
  const folder = studyIn(FACTS, rows);
  const at = (step?: number): Question => ({
    ...BYSTANDERS,
    reads: { ...BYSTANDERS.reads, ...(step !== undefined && { step }) },
  });
  const { found } = await readStudy(folder, [at(), at(5)]);
  expect(found.map(({ arms }) => [arms[0]?.[0]?.step, arms[0]?.[0]?.value])).toEqual([
    [10, 1],
    [5, 0.5],
  ]);
  await expect(readStudy(folder, [at(7)])).rejects.toThrow(/no number of the arm rl[\s\S]*step 7/);
});

test.each([
  ['another unit beside the own', row({ unit: 'persona' }), /one unit, finetune[\s\S]*persona/],
  ['a row that stands twice', JSON.stringify(rowsOfSeeds()[0]), /line 37[\s\S]*line 1:/],
  ['an arm that is not there', row({ arm: 'rll' }), /one of the arms in study\.json: sdft, rl[\s\S]*rll/],
  ['a character that is not there', row({ character: 'mallory' }), /mallory/],
  ['a metric that is not there', row({ metric: 'rates' }), /one of the metrics[\s\S]*rates/],
  ['NaN', text('"value":0.1', '"value":NaN'), /NaN or Infinity/],
  ['a percentage', row({ value: 12 }), /percentage/],
  [
    'a percentage beside counts',
    row({ metric: 'rate', value: 0.5, k: 10, n: 20, step: 3 }).replace('0.5', '0.6'),
    /share k \/ n = 0.5/,
  ],
  ['hits without trials', row({ k: 3, n: null, step: 9 }), /k = 3 alone/],
  ['more hits than trials', row({ k: 101, step: 9 }), /k = 101, n = 100/],
  ['a seed as text', row({ seeds: { training: '42' } }), /seeds.training[\s\S]*"42"/],
  ['a field that nobody knows', row({ colour: 'red' }), /colour/],
  ['text that is no JSON', '{"replicate": ', /one JSON object/],
  ['a name that a terminal would obey', row({ replicate: 'run\u001b[2J' }), /control characters/],
  ['the name of a property of every object', row({ replicate: '__proto__' }), /property of every object/],
  ['one replicate of two training runs', row({ seeds: { training: 9 }, step: 2 }), /training seed 9 beside 1/],
  ['one replicate of two bases', row({ base: 'another', step: 2 }), /the base another beside a base/],
])('refused with file and line: %s', async (_what, line, said) => {
  const reading = readStudy(studyIn(FACTS, [...rowsOfSeeds(), line]), [BYSTANDERS]);
  await expect(reading).rejects.toThrow(InputError);
  await expect(reading).rejects.toThrow(said);
  await expect(reading).rejects.toThrow(/observations\.jsonl, line 37/);
});

test('a study that is none says what is missing', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'study-'));
  await expect(readStudy(empty, [])).rejects.toThrow(/no study\.json/);
  writeFileSync(join(empty, FILES.study), '{}');
  await expect(readStudy(empty, [])).rejects.toThrow(/no observations\.jsonl/);
  const { commit: _, ...source } = FACTS.source;
  await expect(readStudy(studyIn({ ...FACTS, source }, rowsOfSeeds()), [])).rejects.toThrow(/a commit or a digest/);
  const missing = readStudy(studyIn(FACTS, rowsOfSeeds()), [{ ...BYSTANDERS, arms: ['rl', 'dpo'] }]);
  await expect(missing).rejects.toThrow(/dpo/);
});

test.each([
  [
    'a share without its range',
    { metrics: { rate: { about: 'x', unit: 'share', range: null } } },
    /a share has the range/,
  ],
  [
    'a range that is upside down',
    { metrics: { rate: { about: 'x', unit: 'nats', range: [3, 1] } } },
    /the lowest value first/,
  ],
  ['text that a terminal would obey', { title: 'a\u001b[2Kstudy' }, /control characters/],
  ['text of two lines', { title: 'a study\nX9 supported' }, /control characters/],
])('a study is refused with %s', async (_what, change, said) => {
  await expect(readStudy(studyIn({ ...FACTS, ...change }, rowsOfSeeds()), [])).rejects.toThrow(said);
});

test('text in another encoding is refused, and what stands in a faulty line is told without what a terminal would obey', async () => {
  const folder = studyIn(FACTS, []);
  writeFileSync(join(folder, FILES.observations), Buffer.from(text('bob', 'caf\u00e9'), 'latin1'));
  await expect(readStudy(folder, [])).rejects.toThrow(/text in UTF-8/);
  const obeyed = await readStudy(studyIn(FACTS, ['{"\\u001b[2K": 1}']), []).catch((error: Error) => error.message);
  expect(obeyed).toContain('\\u001b');
  expect(obeyed).not.toContain('\u001b');
});

test('rows without a training seed are no replicates of training runs', async () => {
  const rows = rowsOfSeeds().map(({ seeds, ...each }) => (each.replicate === 'run 4' ? each : { ...each, seeds }));
  const { found } = await readStudy(studyIn(FACTS, rows), [BYSTANDERS]);
  expect(found[0]).toMatchObject({ unseeded: 6 });
  expect(found[0]?.arms[0]).toHaveLength(5);
});

test('a file is read row by row: one line without an end is refused before it is in memory', async () => {
  const folder = studyIn(FACTS, []);
  writeFileSync(join(folder, FILES.observations), `[${'0,'.repeat(2_000_000)}0]`);
  await expect(readStudy(folder, [])).rejects.toThrow(/more than 1000000 characters/);
});

test('hundred thousand rows keep no more than their sums', async () => {
  const folder = studyIn(FACTS, []);
  const one = { ...rowsOfSeeds()[1], pointer: 'x'.repeat(200) };
  const file = createWriteStream(join(folder, FILES.observations));
  for (let step = 0; step < 100_000; step++)
    if (!file.write(`${JSON.stringify({ ...one, step: step % 50, seeds: { training: 1, sampling: step } })}\n`))
      await once(file, 'drain');
  file.end();
  await once(file, 'finish');
  const question: Question = { arms: ['sdft'], reads: { metric: 'rate' } };
  const { found, rows } = await readStudy(folder, [question]);
  expect([rows, found[0]?.arms[0]?.[0]?.rows]).toEqual([100_000, 2000]);
});

test('keys are told apart, and what was seen is told with its line', () => {
  const seen = new Seen();
  const keys = Array.from({ length: 5000 }, (_, i) => `key ${i}`);
  expect(keys.map((key, i) => seen.earlier(key, i + 1)).filter((line) => line !== undefined)).toEqual([]);
  expect(seen.earlier('key 41', 9999)).toBe(42);
});

test('the JSON Schema that is published is that of the format', async () => {
  await expect(`${JSON.stringify(importJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(
    '../../docs/spillover-import-1.schema.json',
  );
});
