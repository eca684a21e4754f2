import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { BUILT_IN } from '../lab/built-in.ts';
import type { Observation } from '../lab/keys.ts';
import { entriesIn } from '../records/manifest.ts';
import { columnFacts, columnsOf, parquetOf } from '../records/parquet.ts';
import { readRecords } from '../records/read.ts';
import { setupColumns, setupRows } from '../records/setups.ts';
import { narrowLines } from '../records/table.ts';
import { drawn, standalone } from './plot.ts';
import { reportPages, writeReport } from './write.ts';

/** Records of a real run: those of the published report, with a real exploration of a claim in its registered form. */
const PUBLISHED = mkdtempSync(join(tmpdir(), 'published-test-'));
cpSync('reports/published', PUBLISHED, { recursive: true });
const spec = readRecords(PUBLISHED).claims.find(({ id }) => id === 'H1')?.spec as string;
const exploration = readFileSync('fixtures/records/explore-H1.json', 'utf8');
writeFileSync(join(PUBLISHED, 'explore-H1.json'), exploration.replace(/"spec": "\w+"/, `"spec": "${spec}"`));
afterAll(() => rmSync(PUBLISHED, { recursive: true }));
const scratch = mkdtempSync(join(tmpdir(), 'report-test-'));
afterAll(() => rmSync(scratch, { recursive: true }));
const records = readRecords(PUBLISHED);

describe('a report', () => {
  const [one, two, beside] = [join(scratch, 'one'), join(scratch, 'two'), join(scratch, 'beside')];
  beforeAll(async () => {
    await writeReport(PUBLISHED, { to: one, png: true });
    await writeReport(one, { to: two, png: true });
    await writeReport(one, { to: beside, earlier: records });
  });
  const textOf = (name: string): string => readFileSync(join(one, name), 'utf8');

  test('of the same records has the same bytes, also when it is written from its own copy of them', () => {
    const files = readdirSync(one, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'));
    expect(files).toEqual(expect.arrayContaining(['manifest.json', 'observations.parquet', 'setups.parquet']));
    expect(files.length).toBeGreaterThan(60);
    for (const name of files)
      expect(readFileSync(join(two, name)).equals(readFileSync(join(one, name))), name).toBe(true);
  });

  test('has a page for every claim and chapter, none that loads anything, under 92 kB a claim with the figures', () => {
    const pages = readdirSync(one).filter((name) => name.endsWith('.html'));
    for (const { id } of records.claims) expect(pages).toContain(`claim-${id}.html`);
    for (const name of ['index', 'dose-response', 'frontier', 'spread', 'belief', 'robustness', 'transcripts', 'run'])
      expect(pages).toContain(`${name}.html`);
    for (const page of pages) {
      const html = textOf(page);
      expect(html).toMatch(/Content-Security-Policy" content="default-src 'none'/);
      expect(html).not.toMatch(
        // The address of a study's source is text, and leads nowhere.
        /<script|<link|<img|<iframe|@import|url\(|\sstyle="|\ssrc=|="https?:\/\/(?!www\.w3\.org\/2000\/svg)/,
      );
      for (const [, target] of html.matchAll(/href="([^"#]+)"/g)) expect(() => textOf(target as string)).not.toThrow();
    }
    const bytes = readdirSync(one, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(html|svg)$/.test(name))
      .reduce((sum, name) => sum + readFileSync(join(one, name)).length, 0);
    expect(bytes).toBeLessThan(92_000 * records.claims.length);
  });

  test('has a page that compares it with an earlier run where it is asked for, and PNG files likewise', () => {
    const lists = [one, beside].map((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }));
    expect(lists.map((files) => files.includes('compared.html'))).toEqual([false, true]);
    expect(lists.map((files) => files.some((name) => name.endsWith('.png')))).toEqual([true, false]);
    expect(readFileSync(join(beside, 'run.html'), 'utf8')).toContain('href="compared.html"');
  });

  test('shows the numbers of the records', () => {
    for (const { id, seeds, values, setups } of records.claims) {
      if (setups !== undefined) continue;
      const html = textOf(`claim-${id}.html`);
      seeds.forEach((seed, i) => {
        expect(html).toContain(
          `<td class="n">${seed}</td><td class="n">${Number((values[i] as number).toPrecision(3))}</td>`,
        );
      });
    }
  });

  test('has every figure as SVG and, where asked for, PNG, with a title and a description', () => {
    const figures = readdirSync(join(one, 'figures'));
    const images = figures.filter((name) => name.endsWith('.svg'));
    expect(images.length).toBeGreaterThan(25);
    for (const image of images) {
      expect(textOf(`figures/${image}`)).toMatch(/<title id="[^"]+">[^<]+<\/title><desc id="[^"]+">[^<]+<\/desc>/);
      expect(textOf(`figures/${image}`)).not.toMatch(/var\(|currentColor|NaN/);
      expect([...readFileSync(join(one, 'figures', image.replace('.svg', '.png'))).subarray(1, 4)]).toEqual([
        80, 78, 71,
      ]);
    }
  });
});

describe('records that cannot be shown', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(scratch, 'bad-'));
    cpSync(PUBLISHED, folder, { recursive: true, filter: (path) => !/(\.(html|png|svg)|manifest\.json)$/.test(path) });
  });
  const edit = (name: string, change: (text: string) => string): void => {
    const path = join(folder, name);
    const [bytes, packed] = [readFileSync(path), name.endsWith('.gz')];
    const after = change((packed ? gunzipSync(bytes) : bytes).toString('utf8'));
    writeFileSync(path, packed ? gzipSync(after) : after);
  };
  const contents = (of: string) => entriesIn(of).map((name) => [name, readFileSync(join(of, name), 'utf8')]);
  const htmlOf = (name: string) => reportPages(readRecords(folder)).find(({ file }) => file === name)?.html;

  test.each([
    [
      'of another version',
      'claims.json',
      (text: string) => text.replace('"format": 4', '"format": 3'),
      /of another version[\s\S]*got: format 3[\s\S]*npm run reproduce/,
    ],
    [
      'with a number that is not finite',
      'claims.json',
      (text: string) => text.replace(/"mean": [-\d.e]+/, '"mean": 1e999'),
      /mean/,
    ],
    [
      'with an unknown verdict',
      'claims.json',
      (text: string) => text.replace('"familyVerdict": "supported"', '"familyVerdict": "great"'),
      /familyVerdict/,
    ],
    [
      'with an effect size that is not finite',
      'claims.json',
      (text: string) => text.replace(/"hedgesGz": [-\d.e]+/, '"hedgesGz": 1e999'),
      /hedgesGz/,
    ],
    [
      'with a seed too few',
      'claims.json',
      (text: string) => text.replace(/("seeds": \[\s+)\d+,/, '$1'),
      /a value for every seed/,
    ],
    [
      'with a claim twice',
      'claims.json',
      (text: string) => text.replace('"id": "H0b"', '"id": "H0a"'),
      /every claim once/,
    ],
    ['with an id that is a path', 'claims.json', (text: string) => text.replace('"id": "H1"', '"id": "../H1"'), /id/],
    [
      'with notes that are no text',
      'claims.json',
      (text: string) => text.replace('"id":', '"mind": [7], "id":'),
      /mind/,
    ],
    ['cut in the middle', 'claims.json', (text: string) => text.slice(0, 999), /cannot load/],
    [
      'of a run cut in the middle',
      'observations.jsonl.gz',
      (text: string) => text.slice(0, -99),
      /observations.jsonl.gz, line \d+/,
    ],
    [
      'with a word for a number',
      'observations.jsonl.gz',
      (text: string) => text.replace(/"steps":\d+/, '"steps":"many"'),
      /line 2/,
    ],
    [
      'of a strange bystander',
      'characters.jsonl',
      (text: string) => text.replace(/"tv":[-\de.]+/, '"tv":null'),
      /characters.jsonl, line 1/,
    ],
    [
      'of a strange exploration',
      'explore-H1.json',
      (text: string) => text.replace(/"points": \d+/, '"points": null'),
      /points/,
    ],
  ])('%s are refused with what to do, and the folder stays as it was', async (_, name, change, message) => {
    edit(name, change);
    writeFileSync(join(folder, 'index.html'), 'an earlier report');
    const before = contents(folder);
    const refused = writeReport(folder).catch((error: unknown) => error);
    expect(await refused).toBeInstanceOf(InputError);
    expect(String(await refused)).toMatch(message);
    expect(String(await refused)).toMatch(/to do:/);
    expect(contents(folder)).toEqual(before);
  });

  test('are never written over files of somebody else', async () => {
    const theirs = mkdtempSync(join(scratch, 'theirs-'));
    writeFileSync(join(theirs, 'claims.json'), 'mine');
    await expect(writeReport(folder, { to: theirs })).rejects.toThrow(/is not empty and holds no report of ours/);
    expect(readFileSync(join(theirs, 'claims.json'), 'utf8')).toBe('mine');
  });

  test('of explorations of another claim are counted, not shown', () => {
    edit('explore-H1.json', (text) => text.replace(/"spec": "\w+"/, '"spec": "abc"'));
    expect(htmlOf('robustness.html')).toMatch(/1 explorations are of claims or setups/);
  });

  test('are said to be missing where there are none, and pages without records do not appear', () => {
    expect(() => readRecords(join(folder, 'nothing'))).toThrow(/there are no records/);
    for (const name of ['observations.jsonl.gz', 'characters.jsonl']) rmSync(join(folder, name));
    for (const name of readdirSync(folder)) if (name.startsWith('explore-')) rmSync(join(folder, name));
    const pages = reportPages(readRecords(folder)).map(({ file }) => file);
    expect(pages).not.toContain('dose-response.html');
    expect(pages).not.toContain('transcripts.html');
    expect(pages).toContain('robustness.html');
  });

  test('with hostile words are shown as words', () => {
    const hostile = `<img src=x onerror=alert(1)>"'&\u0001\u001b[2J`;
    edit('claims.json', (text) =>
      text
        .replace(/(?<="id": "H1",\s+"statement": )"[^"]*"/, JSON.stringify(hostile).replaceAll('$', '$$$$'))
        .replace('"unit": "TV"', `"unit": ${JSON.stringify(hostile)}`),
    );
    for (const { html } of reportPages(readRecords(folder))) expect(html).not.toMatch(/<img/);
    expect(htmlOf('claim-H1.html')).toContain('&lt;img src=x');
  });
});

describe('data for other tools', () => {
  test('observations.parquet holds the observations, column by column', async () => {
    const runs = [...records.runs, ...records.elsewhere.flatMap((setup) => setup.runs)];
    const columns = columnsOf(BUILT_IN, runs);
    const bytes = parquetOf(columns, runs);
    expect(columnFacts(columns)).toEqual(records.columns);
    expect(readFileSync(join(PUBLISHED, 'observations.parquet')).equals(bytes)).toBe(true);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const rows = await parquetReadObjects({ file });
    expect(rows).toHaveLength(runs.length);
    expect(rows).toEqual(runs.map((run) => Object.fromEntries(columns.map(({ name, of }) => [name, of(run)]))));
  });

  test.each([
    0,
    -5,
    2 ** 31 - 1,
    2 ** 31,
    40_000_000_000,
    Number.MAX_SAFE_INTEGER,
  ])('observations.parquet gives the seed %i back', async (seed) => {
    const runs = [{ ...(records.runs[0] as Observation), seed }];
    const bytes = parquetOf(columnsOf(BUILT_IN, runs), runs);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    expect(await parquetReadObjects({ file, columns: ['seed'] })).toEqual([{ seed: BigInt(seed) }]);
  });

  test('setups.parquet holds the changed setups', () => {
    const rows = setupRows(records.claims);
    const columns = setupColumns(rows);
    expect(columnFacts(columns)).toEqual(records.setupColumns);
    expect(readFileSync(join(PUBLISHED, 'setups.parquet')).equals(parquetOf(columns, rows))).toBe(true);
  });
});

test('claims fit a terminal of 80 columns', () => {
  const lines = narrowLines(records.claims, records.registry);
  expect(lines).toHaveLength(2 * records.claims.length);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
});

test('a drawing takes its title as text, and its colours as they are on paper', () => {
  const svg = drawn({ id: 'x', title: '<b>&', description: 'd' }, { marks: [] });
  expect(svg).toContain('<title id="x-title">&lt;b&gt;&amp;</title>');
  expect(standalone('<svg a="b"><path fill="var(--rl)" stroke="currentColor"/></svg>')).toContain(
    'fill="#b3430d" stroke="#1c1c22"',
  );
});
