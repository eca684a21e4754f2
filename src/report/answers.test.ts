import { describe, expect, test } from 'vitest';
import type { Judged } from '../claims/gate.ts';
import { readRecords } from '../records/read.ts';
import { type Answer, answers, dependsOn, sureness } from './answers.ts';
import { relatedTo } from './related.ts';
import { idText, partsOf, shortName, withNames } from './short.ts';
import { sidesOf, sidesText } from './sides.ts';

/** Records of a real run: those of the published report. */
const records = readRecords('reports/published');
const of = (id: string): Judged => records.claims.find((each) => each.id === id) as Judged;
const [h1, h1r] = [of('H1'), of('H1r')];
const premise: Judged = { ...h1, id: 'A', family: 'premise', familyVerdict: 'supported' };
const answered = (...claims: readonly Judged[]): Answer[] => answers({ ...records, claims: [premise, ...claims] });

describe('the answer', () => {
  test('begins with confirmatory claims that were refuted, then what asks the same elsewhere, then others by name', () => {
    const refuted = { ...of('H2'), familyVerdict: 'refuted', firm: true } as const;
    const elsewhere = { ...h1r, familyVerdict: 'refuted', firm: true } as const;
    const other = { ...of('H8'), familyVerdict: 'refuted', firm: false } as const;
    const found = answered({ ...h1, familyVerdict: 'supported', firm: true }, refuted, elsewhere, other);
    expect(found.map(({ text }) => text.replace(/ \(.*/, ''))).toEqual([
      `Refuted: “${refuted.statement}”`,
      `Refuted: “${elsewhere.statement}”`,
      'Refuted, too: H8',
      `Supported: “${h1.statement}”`,
    ]);
    expect(found[2]?.text).toBe('Refuted, too: H8 (razor) (borderline).');
  });

  test('is five sentences at most of a run without a refuted confirmatory claim', () => {
    const claims = records.claims.map((each) =>
      each.family === 'confirmatory' ? { ...each, familyVerdict: 'supported' as const } : each,
    );
    expect(answers({ ...records, claims }).length).toBeLessThanOrEqual(5);
  });

  test('is not given where effects may not be told', () => {
    const unmet = answers({ ...records, claims: [{ ...premise, familyVerdict: 'inconclusive' }, h1] });
    expect(unmet.map(({ text }) => text).join()).toMatch(/^Premises are not all supported[^.]*evidence\.$/);
    expect(answers({ ...records, partial: true })).toHaveLength(1);
  });

  test('has both arms of a contrast beside its estimate, and no ratio to next to nothing', () => {
    const text = answered({ ...h1, familyVerdict: 'supported' })[0]?.text;
    expect(text).toMatch(/\(H1: [\d.]+ by RL, s = 1 and [\d.]+ by SDFT, [\d.]+ times as much; estimate [\d.]+ \[/);
    const sides = (less: number) => [
      { arm: 'a', mean: less },
      { arm: 'b', mean: 0.5 },
    ];
    expect(sidesText(sides(0.1) as never)).toBe('0.5 by b and 0.1 by a, 5 times as much');
    expect(sidesText(sides(0.001) as never)).toBe('0.5 by b and 0.001 by a');
  });
});

describe('what a verdict depends on', () => {
  test('is what asks of the same arms with another rehearsal or elsewhere, and changed setups', () => {
    const related = relatedTo(h1, records.claims).map(({ changed, claim }) => `${changed} ${claim.id}`);
    expect(related).toEqual(
      expect.arrayContaining(['rehearsal H1r', 'rehearsal H1rc', 'place H1o', 'place H1d', 'setups P1', 'setups P1r']),
    );
    for (const other of ['H1', 'H1b', 'H2', 'H7', 'H17a', 'H1rt'])
      expect(related.map((each) => each.split(' ')[1])).not.toContain(other);
  });

  test('names matchings at which a contrast says otherwise', () => {
    const matched = (low: number): Judged => ({
      ...h1,
      matchings: [{ matching: 'steps', mean: 0.1, low, high: 0.2 }],
    });
    expect(dependsOn(matched(-0.1), [])).toEqual(['the matching: not so at equal steps (0.1 [-0.1, 0.2])']);
    expect(dependsOn(matched(0.05), [])).toEqual(['no matching: the same at equal effect, steps and target KL']);
    const { contrast: _, matchings: __, ...plain } = h1;
    expect(dependsOn(plain, [])).toEqual([]);
  });
});

test('how sure that is counts replicates, unread seeds, firm verdicts and those that decide nothing', () => {
  const claims = [
    { ...h1, firm: true, familyVerdict: 'supported' },
    { ...h1r, firm: false, familyVerdict: 'inconclusive' },
  ] as const;
  const [replicates, holdout, firm, open] = sureness({ ...records, claims, registry: {} });
  expect(replicates).toMatch(new RegExp(`^${h1.seeds.length} replicates`));
  expect([holdout?.slice(0, 6), firm?.slice(0, 6), open?.slice(0, 6)]).toEqual(['0 of 2', '1 of 2', '1 of 2']);
});

test('both arms of a contrast are read where its claim reads them', () => {
  const { contrast: _, ...plain } = h1;
  expect(sidesOf(plain, records)).toBeUndefined();
  expect(sidesOf(h1, { ...records, runs: [] })).toBeUndefined();
  const [skill, documents] = sidesOf(h1, records) ?? [];
  const effect = h1.matchings?.find(({ matching }) => matching === 'effect');
  expect((skill?.mean ?? 0) - (documents?.mean ?? 0)).toBeCloseTo(effect?.mean ?? 0, 1);
});

test('an id has a word or two beside it', () => {
  expect(idText({ id: 'H1', statement: 'S', file: 'hypotheses/h01-sdft-below-rl.test.ts' })).toBe('H1 (SDFT below RL)');
  const statement = 'What one takes up is taken up by all of the others';
  expect(shortName({ statement, file: 'claim.ts' })).toBe('What one takes up is taken up …');
});

test('an id in a text has a word or two beside it, once', () => {
  const H1 = { id: 'H1', statement: 'S', file: 'hypotheses/h01-sdft-below-rl.test.ts' };
  const P1 = { id: 'P1', statement: 'H1 holds', file: 'hypotheses/p01-where-h1-holds.test.ts' };
  expect(withNames('P1: H1 (borderline), H10', [H1, P1])).toBe(
    'P1 (where H1 holds): H1 (SDFT below RL) (borderline), H10',
  );
  const named = `${idText(P1)}, ${idText(H1)}.`;
  expect(withNames(named, [H1, P1])).toBe(named);
  expect(partsOf(named, [H1, P1])).toEqual(['', P1, ', ', H1, '.']);
});
