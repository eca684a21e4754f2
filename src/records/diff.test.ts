import { expect, test } from 'vitest';
import type { Judged } from '../claims/gate.ts';
import { diffOf, diffText, repetitionOf } from './diff.ts';
import { readClaims } from './read.ts';

const { claims } = readClaims('reports/published');
const h1 = claims.find(({ id }) => id === 'H1') as Judged;
const withMean = (mean: number): Judged => ({ ...h1, judgement: { ...h1.judgement, mean } });

test('a run beside itself has nothing that flipped or moved', () => {
  const { flipped, moved, same, gone, added } = diffOf(claims, claims);
  expect([flipped, moved, gone, added]).toEqual([[], [], [], []]);
  expect(same).toHaveLength(claims.length);
  expect(diffText(diffOf(claims, claims))).toBe(
    `0 flipped, 0 moved, ${claims.length} the same; 0 in the first alone, 0 in the second`,
  );
});

test('a verdict that is another has flipped, whatever its mean', () => {
  const later = { ...h1, familyVerdict: 'inconclusive', firm: false } as const;
  const found = diffOf([h1], [later]);
  expect(found.flipped).toEqual([{ was: h1, is: later }]);
  expect(diffText(found)).toMatch(/Verdicts that flipped\nid .*\nH1 +supported +inconclusive \(borderline\) /);
});

test('a mean has moved where a repetition seldom comes, and not within the prediction interval', () => {
  const { interval, mean } = h1.judgement;
  const reach = Math.SQRT2 * (mean - interval.low);
  expect(diffOf([h1], [withMean(mean + 0.99 * reach)]).moved).toEqual([]);
  expect(diffOf([h1], [withMean(mean - 0.99 * reach)]).moved).toEqual([]);
  for (const far of [mean + 1.01 * reach, mean - 1.01 * reach])
    expect(diffOf([h1], [withMean(far)]).moved.map(({ is }) => is.judgement.mean)).toEqual([far]);
});

test('fewer replicates scatter more, and so a repetition with fewer lies further away', () => {
  const { interval, mean, n } = h1.judgement;
  const few = { ...h1, judgement: { ...h1.judgement, n: n / 2 } };
  expect(repetitionOf({ was: h1, is: h1 }).high - mean).toBeCloseTo(Math.SQRT2 * (interval.high - mean), 12);
  expect(repetitionOf({ was: h1, is: few }).high - mean).toBeCloseTo(Math.sqrt(3) * (interval.high - mean), 12);
});

test('claims of one run alone are named, and one that is another claim says so', () => {
  const found = diffOf(
    [h1, ...claims.slice(0, 1)],
    [{ ...h1, spec: 'another', familyVerdict: 'refuted' }, ...claims.slice(1, 2)],
  );
  expect(diffText(found)).toContain('files, setup or code are others; SDFT on one');
  expect(diffText(found)).toContain(`In the first alone: ${claims[0]?.id}`);
  expect(diffText(found)).toContain(`In the second alone: ${claims[1]?.id}`);
});
