import { describe, expect, test } from 'vitest';
import type { Judged } from '../claims/gate.ts';
import type { RegisteredClaim } from '../claims/registry.ts';
import { readRecords } from '../records/read.ts';
import { conclusions } from './conclusions.ts';

/** Claims made of H1 in a list, each with a word or two. */
const named = (...ids: readonly string[]): string => ids.map((id) => `${id} (SDFT below RL)`).join(', ');

/** What surrounds claims in a full run that came out as registered, without its runs. */
const RUN = { ...{ partial: false, problems: [], registry: {} }, ...{ runs: [], elsewhere: [], methods: [] } };

/** Records of a real run: those of the published report. */
const records = readRecords('reports/published');

describe('what a reader should conclude', () => {
  const of = (family: Judged['family'], verdict: Judged['familyVerdict'], id: string): Judged => {
    const model = records.claims.find((each) => each.id === 'H1') as Judged;
    return { ...model, id, family, familyVerdict: verdict };
  };

  test('names every claim that decides nothing, in one line', () => {
    const [line, ...more] = conclusions(records).filter((sentence) => /decide nothing/.test(sentence));
    expect(more).toEqual([]);
    for (const { id, familyVerdict } of records.claims)
      if (familyVerdict === 'inconclusive') expect(line).toMatch(new RegExp(`\\b${id}\\b`));
  });

  test('tells no effect where a premise is not supported, the run is partial or not what was registered', () => {
    const claims = [of('premise', 'inconclusive', 'A'), of('confirmatory', 'refuted', 'B')];
    const run = { claims, ...RUN };
    expect(conclusions(run)[0]).toMatch(/Premises are not all supported \(A \(SDFT below RL\)\): nothing else/);
    expect(conclusions(run)[1]).toMatch(/refuted B \(SDFT below RL\); undecided none; supported none/);
    const good = { ...run, claims: [of('premise', 'supported', 'A'), of('confirmatory', 'refuted', 'B')] };
    expect(conclusions(good).join()).toMatch(
      /All 1 premises \(A \(SDFT below RL\)\) are supported[\s\S]*B \(SDFT below RL\), “[^”]+”, is refuted: /,
    );
    for (const bad of [
      run,
      { ...good, partial: true },
      { ...good, problems: ['x'] },
      { ...good, claims: good.claims.slice(1) },
    ])
      expect(conclusions(bad).join()).not.toMatch(/is refuted/);
    expect(conclusions({ ...good, partial: true })[0]).toMatch(/whether the premises of the others hold is not known/);
    expect(conclusions({ ...good, problems: ['x'] })[0]).toMatch(/not what was registered/);
  });

  test('of where a claim holds names the claim about that, its interval and what was predicted', () => {
    expect(conclusions(records).join()).toMatch(
      /P3 \(where H3 fails\), “H3 fails[^”]*”, inconclusive \(borderline\), met in \d+ % \[\d+ %, \d+ %\] of the \d+ of 12 without rehearsal whose premises held, where more than 60 % was predicted \(\d+ of \d+ without rehearsal, \d+ of \d+ with rehearsal\)/,
    );
  });
});

describe('the sentence of a claim', () => {
  const { contrast: _, matchings: __, ...published } = records.claims.find((each) => each.id === 'H1') as Judged;
  const H1: Judged = { ...published, familyVerdict: 'supported', firm: true };
  const premise = records.claims.find((each) => each.family === 'premise') as Judged;
  const contrast = { of: ['skill', 'documents'], at: ['dialogue', 'bystander', 'other topics'], number: 'tv' } as const;
  type Ends = readonly [low: number, high: number];
  /** What a matching gave at equal effect, steps and target KL. */
  const matched = (...ends: readonly [Ends, Ends, Ends]): Pick<Judged, 'contrast' | 'matchings'> => ({
    contrast,
    matchings: (['effect', 'steps', 'target KL'] as const).map((matching, i) => {
      const [low, high] = ends[i] as Ends;
      return { matching, mean: (low + high) / 2, low, high };
    }),
  });
  const run = (claims: readonly Judged[], registry = {}): string[] =>
    conclusions({ ...RUN, claims: [premise, ...claims], registry });
  const sentence = (claim: Partial<Judged>, registry = {}): string =>
    run([{ ...H1, ...claim }], registry).find((each) => each.startsWith('H1 (')) as string;
  const held: Ends = [0.1, 0.3];

  test('names the matchings at which a difference has not its sign, and no matching of a claim that has none', () => {
    expect(sentence(matched(held, held, held))).toContain(
      'was predicted; so at equal effect, steps, target KL alike (',
    );
    expect(sentence(matched(held, [-0.02, 0.04], held))).toContain('; not so at equal steps (0.01 [-0.02, 0.04]) (');
    expect(sentence(matched([-0.3, -0.1], held, [0, 0.2]))).toMatch(
      /not so at equal effect \(-0\.2 \[-0\.3, -0\.1\]\), nor at equal target KL/,
    );
    expect(sentence({})).not.toMatch(/so at equal/);
  });

  test('of a supported equivalence names those that are not within the margin; a refuted one is a difference', () => {
    const same = { prediction: { kind: 'equivalent', margin: 0.1 } } as const;
    expect(sentence({ ...same, ...matched([-0.05, 0.05], [-0.09, 0.09], [0.01, 0.05]) })).toContain('alike');
    expect(sentence({ ...same, ...matched([-0.05, 0.05], [-0.1, 0.05], [0.01, 0.2]) })).toMatch(
      /not so at equal steps .*nor at equal target KL/,
    );
    const refuted = { ...same, familyVerdict: 'refuted' } as const;
    expect(sentence({ ...refuted, ...matched(held, held, [-0.05, 0.05]) })).toMatch(
      /; not so at equal target KL \([^)]*\) \(/,
    );
  });

  test('names register and place once, as its estimand says them', () => {
    for (const of of [matched(held, held, held), {}]) expect(sentence(of)).toContain(`: ${H1.estimand} is `);
    expect(H1.estimand).toContain('in dialogues of bystanders on the target topic');
  });

  test('says that a verdict is borderline, and that a refuted difference is reversed', () => {
    expect(sentence({ firm: false })).toContain('is supported (borderline): ');
    expect(sentence({ firm: true })).toContain('is supported: ');
    const below = { ...H1.judgement, mean: -0.2, interval: { low: -0.3, high: -0.1, level: 0.95 } };
    expect(sentence({ familyVerdict: 'refuted', judgement: below })).toContain('is refuted and reversed: ');
    const small = { ...H1.judgement, mean: 0.01, interval: { low: -0.01, high: 0.03, level: 0.95 } };
    expect(sentence({ familyVerdict: 'refuted', judgement: small })).toContain('is refuted: ');
    expect(sentence({ judgement: below, prediction: { kind: 'less', margin: 0 } })).not.toContain('reversed');
  });

  test('comes after those of refuted claims and the line of those that decide nothing, where it is supported', () => {
    const verdicts = ['supported', 'inconclusive', 'refuted', 'premise failed', 'supported', 'refuted'] as const;
    const claims = verdicts.map((familyVerdict, i) => ({ ...H1, id: `C${i}`, familyVerdict, firm: i !== 3 }));
    const starts = run(claims)
      .slice(2, -1)
      .map((each) => each.slice(0, 12));
    expect(starts).toEqual(['C2 (SDFT bel', 'C5 (SDFT bel', 'Inconclusive', 'C0 (SDFT bel', 'C4 (SDFT bel']);
    expect(run(claims)[1]).toContain(
      `refuted ${named('C2', 'C5')}; undecided ${named('C1', 'C3')} (borderline); supported ${named('C0', 'C4')}.`,
    );
    expect(run(claims)[4]).toMatch(/: C1 \(SDFT below RL\), C3 \(SDFT below RL\) \(borderline\); they decide nothing/);
  });

  test.each([
    [true, 'holdout'],
    [false, 'read before'],
    [undefined, 'not known'],
  ] as const)('says of seeds that were unread: %s', (holdout, text) => {
    const known = records.registry['H1'] as RegisteredClaim;
    const profiles = { [H1.profile]: { ...known.profiles[H1.profile], holdout } };
    expect(sentence({}, { H1: { ...known, profiles } })).toContain(` (seeds: ${text}).`);
  });

  test('says that its seeds are of no registration where it has none', () => {
    expect(sentence({})).toContain(' (seeds: not registered).');
  });
});
