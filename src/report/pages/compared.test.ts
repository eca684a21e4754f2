import { expect, test } from 'vitest';
import type { Judged } from '../../claims/gate.ts';
import { readRecords } from '../../records/read.ts';
import { rendered } from '../page.tsx';
import { comparedPage } from './compared.tsx';

const records = readRecords('reports/published');
const { claims, digest } = records;
const [first, second, third, ...rest] = claims.filter(
  ({ setups, prediction }) => setups === undefined && prediction.kind === 'greater',
) as [Judged, Judged, Judged, ...Judged[]];
const other = first.familyVerdict === 'refuted' ? 'supported' : 'refuted';
const moved: Judged = { ...second, judgement: { ...second.judgement, mean: second.judgement.mean + 100 } };
const page = comparedPage(
  {
    claims: [{ ...first, familyVerdict: other, profile: 'full' }, second, third, ...rest.slice(0, 2)],
    digest,
    partial: false,
  },
  { claims: [first, moved, ...rest], digest, partial: false },
);
const html = rendered(page, [], '');
const part = (title: string): string => html.split(`<h2>${title}</h2>`)[1]?.split('<h2>')[0] ?? '';

test('a verdict that flipped stands first, with both verdicts, its margin and what else is another', () => {
  const flipped = part('Verdicts that flipped');
  expect(flipped).toContain(`<a href="claim-${first.id}.html">${first.id}`);
  expect(flipped).toMatch(new RegExp(`verdict ${other}.*verdict ${first.familyVerdict.replace(' ', '-')}`));
  expect(flipped).toContain(`full, then ${first.profile}`);
  expect(flipped).toContain('id="figure-compared-flipped"');
  expect(html.indexOf('Verdicts that flipped')).toBeLessThan(html.indexOf('Means that moved'));
});

test('a mean that moved stands with where a repetition lies', () => {
  expect(part('Means that moved beyond what a repetition explains')).toContain(`claim-${second.id}.html`);
  expect(page.figures.map(({ id }) => id)).toEqual(['compared-flipped', 'compared-moved']);
});

test('claims of one run alone are named with a word or two, and those of this run lead to their pages', () => {
  expect(part('In the earlier run alone')).toMatch(new RegExp(`<li>${third.id} \\([^)]+\\)</li>`));
  expect(part('In this run alone')).toContain(`<a href="claim-${rest[2]?.id}.html">${rest[2]?.id} (`);
});

test('a run beside itself is the same, without figures', () => {
  const own = comparedPage(records, records);
  expect(rendered(own, [], '')).toContain(`0 flipped, 0 moved, ${claims.length} the same`);
  expect(own.figures).toEqual([]);
});
