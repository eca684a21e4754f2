import { expect, test } from 'vitest';
import { readRecords } from '../records/read.ts';
import { reportPages } from './write.ts';

// Whoever opens a page need not know an id by heart, nor look up what was predicted.

const records = readRecords('reports/published');
/** The same run, as an earlier one whose verdicts were others. */
const earlier = { ...records, claims: records.claims.map((each) => ({ ...each, familyVerdict: 'refuted' as const })) };
const pages = reportPages(records, earlier).map(({ file, html }) => ({
  file,
  html: html.replace(/<style>[\s\S]*?<\/style>/, ''),
}));
const ids = new Set([...records.claims, ...records.imported.claims].map(({ id }) => id));

test('no element says the id of a claim alone', () => {
  for (const { file, html } of pages) {
    const texts = [...html.matchAll(/>([^<]+)</g)].map(([, text]) => text?.trim() ?? '');
    expect(
      texts.filter((text) => ids.has(text)),
      file,
    ).toEqual([]);
  }
});

test('every table of claims says what was predicted', () => {
  const headings = pages.flatMap(({ file, html }) =>
    [...html.matchAll(/<thead>(.+?)<\/thead>/g)].map(([, head = '']) => ({
      file,
      columns: [...head.matchAll(/<th[^>]*>([^<]+)/g)].map(([, column]) => column),
    })),
  );
  const ofClaims = headings.filter(({ columns }) => columns.includes('claim') || columns.includes('id'));
  expect(new Set(ofClaims.map(({ file }) => file)).size).toBeGreaterThan(5);
  for (const { file, columns } of ofClaims) expect(columns, file).toContain('predicted');
});
