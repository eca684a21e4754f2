import { expect, test } from 'vitest';
import type { Judged } from '../claims/gate.ts';
import { diffOf, diffText, pairNotes, repetitionOf } from './diff.ts';
import { readClaims } from './read.ts';

const { claims } = readClaims('reports/published');
const run = (...own: readonly Judged[]) => ({ claims: own, partial: false });
const h1 = claims.find(({ id }) => id === 'H1') as Judged;
const withMean = (mean: number): Judged => ({ ...h1, judgement: { ...h1.judgement, mean } });

test('a run beside itself has nothing that flipped or moved', () => {
  const { flipped, moved, same, gone, added } = diffOf(run(...claims), run(...claims));
  expect([flipped, moved, gone, added]).toEqual([[], [], [], []]);
  expect(same).toHaveLength(claims.length);
  expect(diffText(diffOf(run(...claims), run(...claims)))).toBe(
    `0 flipped, 0 moved, ${claims.length} the same; 0 in the first alone, 0 in the second`,
  );
});

test('a verdict that is another has flipped, whatever its mean', () => {
  const later = { ...h1, familyVerdict: 'inconclusive', firm: false } as const;
  const found = diffOf(run(h1), run(later));
  expect(found.flipped).toEqual([{ was: h1, is: later }]);
  expect(diffText(found)).toMatch(/Verdicts that flipped\nid .*\nH1 +supported +inconclusive \(borderline\) /);
});

test('a mean has moved where a repetition seldom comes, and not within the prediction interval', () => {
  const { interval, mean } = h1.judgement;
  const reach = Math.SQRT2 * (mean - interval.low);
  expect(diffOf(run(h1), run(withMean(mean + 0.99 * reach))).moved).toEqual([]);
  expect(diffOf(run(h1), run(withMean(mean - 0.99 * reach))).moved).toEqual([]);
  for (const far of [mean + 1.01 * reach, mean - 1.01 * reach])
    expect(diffOf(run(h1), run(withMean(far))).moved.map(({ is }) => is.judgement.mean)).toEqual([far]);
});

test('fewer replicates scatter more, and so a repetition with fewer lies further away', () => {
  const { interval, mean, n } = h1.judgement;
  const few = { ...h1, judgement: { ...h1.judgement, n: n / 2 } };
  expect((repetitionOf({ was: h1, is: h1 })?.high ?? 0) - mean).toBeCloseTo(Math.SQRT2 * (interval.high - mean), 12);
  expect((repetitionOf({ was: h1, is: few })?.high ?? 0) - mean).toBeCloseTo(Math.sqrt(3) * (interval.high - mean), 12);
});

test('claims of one run alone are named, and one that is another claim says so', () => {
  const found = diffOf(
    run(h1, ...claims.slice(0, 1)),
    run({ ...h1, spec: 'another', familyVerdict: 'refuted' }, ...claims.slice(1, 2)),
  );
  expect(diffText(found)).toContain('files, setup or code are others; SDFT on one');
  expect(diffText(found)).toContain(`In the first alone: ${claims[0]?.id}`);
  expect(diffText(found)).toContain(`In the second alone: ${claims[1]?.id}`);
});

test('a share lies between 0 and 1 again, and one of no setup nowhere: it has not moved', () => {
  const share = claims.find(({ id }) => id === 'P1') as Judged;
  const again = repetitionOf({ was: share, is: share });
  expect(again?.high).toBe(1);
  expect(again?.low).toBeGreaterThan(0);
  const none = { ...share, judgement: { ...share.judgement, n: 0, mean: 0 } };
  expect(repetitionOf({ was: none, is: share })).toBeUndefined();
  expect(diffOf(run(none), run(share)).same).toHaveLength(1);
  expect(diffText(diffOf(run(none), run({ ...share, familyVerdict: 'refuted' })))).toMatch(/ - +/);
});

test('beside a partial run verdicts are those of each claim alone', () => {
  const later = { ...h1, familyVerdict: 'inconclusive' } as const;
  expect(diffOf(run(h1), run(later)).flipped).toHaveLength(1);
  const found = diffOf(run(h1), { claims: [later], partial: true });
  expect(found.flipped).toEqual([]);
  expect(diffText(found)).toContain(
    'One of the runs was partial: verdicts are of each claim alone, before Holm. 0 flipped',
  );
});

test('what else is another is told: seeds, profile, prediction', () => {
  const later = { ...h1, seeds: [...h1.seeds.slice(0, 2), 9, 10], prediction: { ...h1.prediction, margin: 7 } };
  expect(pairNotes({ was: h1, is: later })).toEqual([
    '2 of 4 seeds were in the first, too',
    'was predicted to be > 0.1',
  ]);
  expect(pairNotes({ was: h1, is: h1 })).toEqual([]);
});
