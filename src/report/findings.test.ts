import { expect, test } from 'vitest';
import { readRecords } from '../records/read.ts';
import { findings } from './findings.ts';

/** Records of a real run: those of the published report. */
const records = readRecords('reports/published');
const text = findings(records);

test('every claim is told once, refuted and confirmatory ones in full and refuted ones first', () => {
  const full = [...text.matchAll(/^### ([A-Za-z0-9-]+) \(.+\): (.+)$/gm)].map(([, id, verdict]) => ({ id, verdict }));
  const rows = [...text.matchAll(/^\| ([A-Z][A-Za-z0-9-]*) .* \|$/gm)].map(([, id]) => id);
  for (const { id, family, familyVerdict } of records.claims) {
    const isFull = family === 'confirmatory' || familyVerdict === 'refuted';
    expect(full.filter((each) => each.id === id).length, id).toBe(isFull ? 1 : 0);
    expect(rows.includes(id), id).toBe(!isFull);
  }
  const verdicts = full.map(({ verdict }) => verdict?.split(' ')[0]);
  expect(verdicts.lastIndexOf('refuted')).toBe(verdicts.filter((each) => each === 'refuted').length - 1);
});

test('of a claim that is told in full stand prediction, finding, what would change it, and its notes', () => {
  const [, h1 = ''] = /^### H1 \(.+\n([\s\S]*?)^###/m.exec(text) ?? [];
  const { estimand, mind = [] } = records.claims.find(({ id }) => id === 'H1') ?? {};
  for (const line of [`- Predicted: ${estimand}`, '- Found: ', '- Would change our mind: a mean ', '- Depends on '])
    expect(h1).toContain(line);
  for (const note of mind) expect(h1).toContain(`- Mind: ${note}`);
});

test('hostile words stay words, and no cell breaks its table', () => {
  const claims = records.claims.map((each) => ({ ...each, statement: 'a | <img src=x>\n# b' }));
  const hostile = findings({ ...records, claims });
  expect(hostile).not.toContain('<img');
  const columns = (line: string): number => line.replaceAll('\\|', '').split('|').length;
  const rows = hostile.split('\n').filter((line) => line.startsWith('| ') && line.includes('img src'));
  expect(rows.length).toBeGreaterThan(10);
  expect(new Set(rows.map(columns)).size).toBe(1);
});
