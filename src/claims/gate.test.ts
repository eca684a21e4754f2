import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Evidence } from './evidence.ts';
import { evidenceOf, registryOf, shareEvidenceOf } from './example.test.helper.ts';
import { describeEvidence } from './explain.ts';
import { borderlineNotes, gateProblems, judgeFamily } from './gate.ts';
import { digestOf } from './judging.ts';
import type { RegisteredClaim, RegisteredResult, Registry } from './registry.ts';
import { equivalentWithin, greaterThan } from './verdict.ts';

const strong = [1, 1.1, 0.9, 1.05, 0.95, 1];
const weak = [1, 0.1, 0.9, 0.05, 1.2, 0.7];
const wide = [1, -1, 1, -1, 1, -0.5];

/** The problems of a run that gives `is` where `was` is registered. */
const problems = (is: readonly Evidence[], was: readonly Evidence[], partial = false): string[] =>
  gateProblems(judgeFamily(is, partial), registryOf(was), partial);

describe('Holm over the confirmatory family', () => {
  test('takes a borderline verdict back when the family is large, and leaves other families alone', () => {
    const alone = judgeFamily([evidenceOf('A', weak)]);
    expect(alone[0]).toMatchObject({ familyVerdict: 'supported' });
    const p = alone[0]?.judgement.pDecided as number;
    const many = ['A', 'B', 'C', 'D'].map((id) => evidenceOf(id, weak));
    const family = judgeFamily([...many, evidenceOf('X', weak, { family: 'exploratory' })]);
    expect(family[0]?.holmP).toBeCloseTo(Math.min(1, 4 * p), 12);
    expect(4 * p).toBeGreaterThan(0.05);
    expect(family.map(({ familyVerdict }) => familyVerdict)).toEqual([...Array(4).fill('inconclusive'), 'supported']);
    expect(family[4]?.holmP).toBeNull();
  });

  test('counts a failed premise with p = 1, so that it makes nothing easier for the others', () => {
    const failed = evidenceOf('B', strong, { premiseFailures: [0] });
    const [first, second] = judgeFamily([evidenceOf('A', weak), failed]);
    expect(first?.holmP).toBeCloseTo(2 * (first?.judgement.pDecided as number), 12);
    expect(second).toMatchObject({ holmP: 1, familyVerdict: 'premise failed' });
  });

  test('a verdict is firm where no mean of a repetition would change it after Holm: of many, fewer are', () => {
    const middling = [0.5, 0.9, 0.62, 0.31, 0.77, 0.7];
    const firm = (others: number) => {
      const open = Array.from({ length: others }, (_, i) => evidenceOf(`B${i}`, wide));
      return judgeFamily([evidenceOf('A', middling), ...open])[0]?.firm;
    };
    expect([firm(0), firm(20)]).toEqual([true, false]);
    expect(judgeFamily([evidenceOf('A', strong), evidenceOf('B', weak)]).map(({ firm: is }) => is)).toEqual([
      true,
      false,
    ]);
    const failed = judgeFamily([evidenceOf('A', strong, { premiseFailures: [0] })]);
    expect(failed[0]).toMatchObject({ firm: true, familyVerdict: 'premise failed' });
  });

  // A mean of 0.0381 with half-width 0.0174 came out as 0.0139 on another engine: within the prediction interval of 0.0247.
  test.each([
    [0.0381, false],
    [0.0174 + Math.SQRT2 * 0.0174 + 1e-4, true],
    [0.0174 + Math.SQRT2 * 0.0174 - 1e-4, false],
  ])('a mean of %d with a half-width of 0.0174 at n = 6 is firm: %s', (mean, firmly) => {
    const unit = [1, -1, 1, -1, 1, -1].map((sign) => (sign * 0.0174 * Math.sqrt(5)) / 2.570581836);
    expect(
      judgeFamily([
        evidenceOf(
          'A',
          unit.map((value) => mean + value),
        ),
      ])[0]?.firm,
    ).toBe(firmly);
  });

  test.each([
    [12, 12, false],
    [9, 12, false],
    [38, 40, true],
    [30, 40, false],
    [2, 40, true],
  ])('%i of %i setups is a firm verdict on a share of 0.6: %s', (hits, usable, firmly) => {
    expect(judgeFamily([shareEvidenceOf('P', hits, usable)])[0]?.firm).toBe(firmly);
  });
});

describe('the gate', () => {
  const all = [evidenceOf('A', strong), evidenceOf('B', weak), shareEvidenceOf('P', 11, 12)];

  test('is open when every registered claim ran and came out as registered', () => {
    expect(problems(all, all)).toEqual([]);
    expect(problems(all.slice(0, 1), all, true)).toEqual([]);
  });

  test('names a claim that did not run, one that is not registered, and one that ran twice', () => {
    const [a, b] = all as [Evidence, Evidence];
    expect(problems([a, a, evidenceOf('C', strong)], [a, b]).join('\n')).toMatch(
      /B is registered and did not run[\s\S]*A is declared by two[\s\S]*C is not registered/,
    );
  });

  test('asks for no claim that is registered at other profiles only', () => {
    const [a, b] = all as [Evidence, Evidence];
    const larger: Evidence = { ...b, profile: 'standard' };
    expect(problems([a], [a, larger])).toEqual([]);
    expect(problems([{ ...a, profile: 'standard' }], [a, larger]).join()).toMatch(/B is registered and did not run/);
  });

  test('stays shut where nothing ran', () => {
    for (const partial of [true, false]) expect(problems([], [], partial).join()).toMatch(/no claim ran/);
  });

  test.each<[string, Partial<Evidence>, RegExp]>([
    ['another hash', { spec: 'abd' }, /not the claim that was registered[\s\S]*code that measures/],
    [
      'a margin that moved, wherever it was written',
      { prediction: greaterThan(0.3) },
      /prediction: > 0.3 TV, registered as > 0 TV/,
    ],
    [
      'another kind of prediction',
      { prediction: equivalentWithin(2) },
      /prediction: within ±2 TV, registered as > 0 TV/,
    ],
    ['another smallest value of interest', { interest: 0.2 }, /interest: 0.2, registered as null/],
    ['another estimand', { estimand: 'a ratio' }, /estimand: "a ratio", registered as "a difference"/],
    ['another family', { family: 'exploratory' }, /family: "exploratory", registered as "confirmatory"/],
    ['another arm', { arms: { a: { method: 'rl', skill: 1, rehearsal: 0 } } }, /arms: .*"rl"/],
    ['an arm that may fall short', { mayFallShort: ['a'] }, /mayFallShort: \["a"\], registered as \[\]/],
    ['another statement', { statement: 'other words' }, /statement: "other words"/],
    ['other seeds', { seeds: [0, 1, 2, 3, 4, 99] }, /with other seeds/],
  ])('shuts on %s, also in a partial run', (_, fields, message) => {
    for (const partial of [true, false])
      expect(problems([evidenceOf('A', strong, fields)], [evidenceOf('A', strong)], partial).join()).toMatch(message);
  });

  test('shuts on fewer replicates', () => {
    expect(problems([evidenceOf('A', strong.slice(1))], [evidenceOf('A', strong)]).join()).toMatch(
      /another number of repl/,
    );
  });

  test('shuts on evidence that its own numbers do not give, whatever its verdict says', () => {
    const registered = [evidenceOf('A', strong)];
    const sound = registered[0] as Evidence;
    const forged: Evidence[] = [
      { ...sound, judgement: { ...sound.judgement, verdict: 'refuted' } },
      { ...sound, judgement: { ...sound.judgement, mean: 2 } },
      { ...sound, values: strong.map((value) => value + 1) },
      { ...sound, premiseAllowance: 3 },
      { ...sound, premiseFailures: [2], completeCases: null },
      { ...sound, digest: 'abc' },
    ];
    for (const each of forged)
      expect(problems([each], registered).join(), JSON.stringify(each)).toMatch(/not what its numbers give/);
    const share = shareEvidenceOf('P', 5, 12, 2);
    const counted = share.setups?.outcomes.map((outcome) => ({ ...outcome, counts: true })) ?? [];
    const lying = { ...share, setups: { ...(share.setups as NonNullable<Evidence['setups']>), outcomes: counted } };
    expect(problems([lying], [share]).join()).toMatch(/P: its setups are not what its numbers give/);
    expect(problems([{ ...share, values: share.values.map(() => 1) }], [share]).join()).toMatch(/P: its values/);
  });

  test('a claim about the other stratum of setups is another claim', () => {
    const share = shareEvidenceOf('P', 9, 9);
    const was = registryOf([share]);
    const { about, ...content } = (was['P'] as RegisteredClaim).content;
    const other = { ...(about as NonNullable<typeof about>), stratum: 'with rehearsal' as const };
    const registry = { P: { ...(was['P'] as RegisteredClaim), content: { ...content, about: other } } };
    expect(gateProblems(judgeFamily([share]), was)).toEqual([]);
    expect(gateProblems(judgeFamily([share]), registry).join()).toMatch(
      /P is not the claim that was registered[\s\S]*about: .*"without rehearsal".*registered as .*"with rehearsal"/,
    );
  });

  test('asks a partial run for the verdict of each claim alone', () => {
    const many = ['A', 'B', 'C', 'D'].map((id) => evidenceOf(id, weak));
    const registry = registryOf(many);
    expect(registry['A']?.profiles.quick).toMatchObject({ verdict: 'supported', familyVerdict: 'inconclusive' });
    const judged = judgeFamily(many.slice(0, 1), true);
    expect(judged[0]).toMatchObject({ holmP: null, familyVerdict: 'supported' });
    expect(gateProblems(judged, registry, true)).toEqual([]);
    expect(gateProblems(judged, registry).join()).toMatch(/B is registered and did not run/);
  });
});

describe('on the registered device every number is the registered one', () => {
  const registered = [evidenceOf('A', strong)];
  test.each<[string, readonly number[], RegExp]>([
    [
      'another mean',
      strong.map((value) => value * 0.9),
      /mean is 0.9, and was 1 when it was registered on this device/,
    ],
    ['a mean that moved in its last bits', strong.with(0, 1 + 1e-12), /the same bits were to be expected/],
    ['other numbers of the same mean', [1.1, 1, 0.9, 1.05, 0.95, 1], /the numbers behind it are not/],
  ])('%s is red, though the verdict is the same', (_, values, message) => {
    const found = problems([evidenceOf('A', values)], registered).join();
    expect(found).toMatch(/A supported, registered as supported: does not reproduce/);
    expect(found).toMatch(message);
  });

  test('as many setups must be usable as were registered', () => {
    const was = [shareEvidenceOf('P', 9, 9)];
    expect(problems([shareEvidenceOf('P', 7, 7, 2)], [shareEvidenceOf('P', 9, 9)]).join()).toMatch(
      /7 setups were usable, and 9/,
    );
    expect(problems(was, was)).toEqual([]);
  });
});

describe('on another device', () => {
  const devices = ['another cpu'];
  const shifted = (values: readonly number[], by: number): number[] => values.map((value) => value + by);

  test('a mean inside the prediction interval of the registered one is green, one outside is red with the same verdict', () => {
    const was = [evidenceOf('A', strong)];
    // t(0.975; 5) sd / sqrt(6) = 0.0742, and sqrt(2) times as much 0.105.
    for (const by of [0, 0.1, -0.1])
      expect(problems([evidenceOf('A', shifted(strong, by), { devices })], was)).toEqual([]);
    for (const by of [0.11, -0.11, -0.65])
      expect(problems([evidenceOf('A', shifted(strong, by), { devices })], was).join()).toMatch(
        /outside \[0.895, 1.1\]/,
      );
  });

  test('a borderline verdict that turned inconclusive is a note, where the mean is that of a repetition', () => {
    const was = [evidenceOf('A', weak)];
    const is = judgeFamily([evidenceOf('A', shifted(weak, -0.4), { devices })]);
    expect(is[0]?.familyVerdict).toBe('inconclusive');
    expect(gateProblems(is, registryOf(was))).toEqual([]);
    expect(borderlineNotes(is, registryOf(was)).join()).toMatch(/A is inconclusive here and registered as supported/);
    const here = judgeFamily([evidenceOf('A', shifted(weak, -0.4))]);
    expect(gateProblems(here, registryOf(was))).toHaveLength(1);
    expect(borderlineNotes(here, registryOf(was))).toEqual([]);
  });

  test('a firm verdict must come out', () => {
    const was = [evidenceOf('A', strong)];
    const is = judgeFamily([
      evidenceOf(
        'A',
        wide.map((value) => value + 0.9),
        { devices },
      ),
    ]);
    expect(is[0]?.familyVerdict).toBe('inconclusive');
    expect(gateProblems(is, registryOf(was)).join()).toMatch(/inconclusive here and registered as supported/);
  });

  test('one failed replicate too many is a note, two are a flip', () => {
    const was = [evidenceOf('A', strong)];
    const failed = (seeds: readonly number[]) => evidenceOf('A', strong, { devices, premiseFailures: seeds });
    expect(problems([failed([1])], was)).toEqual([]);
    expect(problems([failed([1, 2])], was)).toHaveLength(1);
  });

  test('the number of usable setups must be that of a repetition, too', () => {
    const was = [shareEvidenceOf('P', 38, 38, 2)];
    expect(problems([shareEvidenceOf('P', 37, 37, 3, { devices })], was)).toEqual([]);
    expect(problems([shareEvidenceOf('P', 20, 20, 20, { devices })], was).join()).toMatch(
      /more than another device explains/,
    );
  });

  test('from supported to refuted is red wherever the mean lies', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 3, noNaN: true }),
        fc.double({ min: 0.001, max: 3, noNaN: true }),
        (up, down) => {
          const was = evidenceOf('A', shifted([0.1, -0.1, 0.05, -0.05, 0.02, -0.02], up));
          const is = evidenceOf('A', shifted([0.1, -0.1, 0.05, -0.05, 0.02, -0.02], -down), { devices });
          if (was.judgement.verdict !== 'supported' || is.judgement.verdict !== 'refuted') return;
          expect(problems([is], [was])).toHaveLength(1);
        },
      ),
      { seed: 20261125, numRuns: 15 },
    );
  });
});

test('the digest follows the numbers and the seeds, not the order of the claims', () => {
  const [a, b] = [evidenceOf('A', strong), evidenceOf('B', weak)];
  expect(digestOf([a, b])).toBe(digestOf([b, a]));
  expect(digestOf([a])).not.toBe(digestOf([evidenceOf('A', weak)]));
  expect(digestOf([a])).not.toBe(digestOf([evidenceOf('A', strong, { seeds: [9, 1, 2, 3, 4, 5] })]));
});

test('a claim that does not reproduce says why, what was measured, how to replay it and where to look', () => {
  const registry: Registry = registryOf([evidenceOf('A', strong)]);
  const registered = registry['A']?.profiles.quick as RegisteredResult;
  const text = describeEvidence(evidenceOf('A', wide, { premiseFailures: [3] }), registered, 'the mean moved');
  expect(text).toMatch(/A premise failed, registered as supported: does not reproduce/);
  expect(text).toMatch(/why: the mean moved/);
  expect(text).toMatch(/6 of 6 replicates/);
  expect(text).toMatch(/premise failed in 1 replicates \(at most 0 may\): seeds 3; mean of the other 5/);
  expect(text).toMatch(/replay: SPILLOVER_PROFILE=quick .*npx vitest run hypotheses\/A.test.ts/);
});
