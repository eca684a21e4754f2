import { describe, expect, test } from 'vitest';
import type { Judged } from '../claims/gate.ts';
import { readRecords } from '../records/read.ts';
import { conclusions } from './conclusions.ts';

/** Records of a real run: those of the published report. */
const records = readRecords('reports/published');

describe('what a reader should conclude', () => {
  const of = (family: Judged['family'], verdict: Judged['familyVerdict'], id: string): Judged => {
    const model = records.claims.find((each) => each.id === 'H1') as Judged;
    return { ...model, id, family, familyVerdict: verdict };
  };

  test('is at most five sentences, and every claim that decides nothing is named', () => {
    const sentences = conclusions(records);
    expect(sentences.length).toBeLessThanOrEqual(5);
    for (const { id, familyVerdict } of records.claims)
      if (familyVerdict === 'inconclusive') expect(sentences.at(-1)).toMatch(new RegExp(`\\b${id}\\b`));
  });

  test('tells no effect where a premise is not supported, the run is partial or not what was registered', () => {
    const claims = [of('premise', 'inconclusive', 'A'), of('confirmatory', 'refuted', 'B')];
    const run = { claims, partial: false, problems: [] };
    expect(conclusions(run)[0]).toMatch(/Premises are not all supported \(A\): nothing else/);
    expect(conclusions(run)[1]).toMatch(/supported none; refuted B; undecided none/);
    const good = { ...run, claims: [of('premise', 'supported', 'A'), of('confirmatory', 'refuted', 'B')] };
    expect(conclusions(good).join()).toMatch(
      /All 1 premises \(A\) are supported[\s\S]*The largest difference from 0[\s\S]*B/,
    );
    for (const bad of [
      run,
      { ...good, partial: true },
      { ...good, problems: ['x'] },
      { ...good, claims: good.claims.slice(1) },
    ])
      expect(conclusions(bad).join()).not.toMatch(/largest/);
    expect(conclusions({ ...good, partial: true })[0]).toMatch(/whether the premises of the others hold is not known/);
    expect(conclusions({ ...good, problems: ['x'] })[0]).toMatch(/not what was registered/);
  });

  test('of where a claim holds names the claim about that, its interval and what was predicted', () => {
    expect(conclusions(records).join()).toMatch(
      /P3 \(“H3 fails[^”]*”\) inconclusive \(borderline\), met in \d+ % \[\d+ %, \d+ %\] of the \d+ of 20 without rehearsal whose premises held, where more than 60 % was predicted \(\d+ of \d+ without rehearsal, \d+ of \d+ with rehearsal\)/,
    );
  });
});
