import { describe, expect, test } from 'vitest';
import { hashOf } from '../core/canonical.ts';
import { stream } from '../core/rng.ts';
import { describeEvidence } from './describe.ts';
import type { Evidence } from './evidence.ts';
import { digestOf } from './evidence.ts';
import { borderlineNotes, gateProblems, judgeFamily } from './gate.ts';
import type { RegisteredResult, Registry } from './registry.ts';
import { isFirm } from './reproduction.ts';
import { judgeShare } from './share.ts';
import { greaterThan, judge } from './verdict.ts';

const evidenceOf = (id: string, values: readonly number[], fields: Partial<Evidence> = {}): Evidence => ({
  drawn: hashOf(fields.seeds ?? values.map((_, i) => i)),
  id,
  statement: `statement of ${id}`,
  family: 'confirmatory',
  estimand: 'a difference',
  unit: 'TV',
  prediction: greaterThan(0),
  arms: {},
  file: `hypotheses/${id}.test.ts`,
  spec: 'abc',
  profile: 'quick',
  engine: 'onnx:cpu',
  devices: ['cpu'],
  seeds: values.map((_, i) => i),
  values,
  judgement: judge(values, greaterThan(0), { registered: values.length, rng: stream(0, 'judge', id) }),
  censored: [],
  targetEffects: {},
  premiseFailures: [],
  premiseAllowance: 1,
  completeCases: null,
  ...fields,
});
const strong = [1, 1.1, 0.9, 1.05, 0.95, 1];
const weak = [1, 0.1, 0.9, 0.05, 1.2, 0.7];
const result = (verdict: RegisteredResult['verdict'], familyVerdict = verdict): RegisteredResult => ({
  ...{
    n: 6,
    drawn: hashOf([0, 1, 2, 3, 4, 5]),
    verdict,
    familyVerdict,
    mean: 1,
    sd: 0.1,
    low: 0.9,
    high: 1.1,
    engine: 'onnx:cpu',
    devices: ['cpu'],
  },
});
const registryOf = (verdicts: Record<string, RegisteredResult>): Registry =>
  Object.fromEntries(Object.entries(verdicts).map(([id, quick]) => [id, { spec: 'abc', profiles: { quick } }]));

describe('Holm over the confirmatory family', () => {
  test('takes a borderline verdict back when the family is large, and leaves other families alone', () => {
    const alone = judgeFamily([evidenceOf('A', weak)]);
    expect(alone[0]).toMatchObject({ familyVerdict: 'supported' });
    const p = alone[0]?.judgement.pDecided as number;
    const many = ['A', 'B', 'C', 'D'].map((id) => evidenceOf(id, weak));
    const family = judgeFamily([...many, evidenceOf('X', weak, { family: 'exploratory' })]);
    expect(family[0]?.holmP).toBeCloseTo(Math.min(1, 4 * p), 12);
    expect(family.map(({ familyVerdict }) => familyVerdict)).toEqual([
      ...Array(4).fill(4 * p < 0.05 ? 'supported' : 'inconclusive'),
      'supported',
    ]);
    expect(4 * p).toBeGreaterThan(0.05);
    expect(family[4]?.holmP).toBeNull();
  });

  test('counts a failed premise with p = 1, so that it makes nothing easier for the others', () => {
    const failed = evidenceOf('B', strong);
    const judgement = { ...failed.judgement, verdict: 'premise failed' as const };
    const [first, second] = judgeFamily([evidenceOf('A', weak), { ...failed, judgement }]);
    expect(first?.holmP).toBeCloseTo(2 * (first?.judgement.pDecided as number), 12);
    expect(second).toMatchObject({ holmP: 1, familyVerdict: 'premise failed' });
  });
});

describe('the gate', () => {
  test('is open when every registered claim ran and came out as registered', () => {
    const judged = judgeFamily([evidenceOf('A', strong)]);
    expect(gateProblems(judged, registryOf({ A: result('supported') }))).toEqual([]);
  });

  test('names a claim that did not run, one that is not registered, and one that ran twice', () => {
    const judged = judgeFamily([evidenceOf('A', strong), evidenceOf('A', strong), evidenceOf('C', strong)]);
    const problems = gateProblems(judged, registryOf({ A: result('supported'), B: result('supported') }));
    expect(problems).toHaveLength(3);
    expect(problems.join('\n')).toMatch(
      /B is registered and did not run[\s\S]*A is declared by two[\s\S]*C is not registered/,
    );
  });

  test('shuts when the verdict after Holm is another than the registered one, in either direction', () => {
    const judged = judgeFamily([evidenceOf('A', strong)]);
    expect(gateProblems(judged, registryOf({ A: result('supported', 'inconclusive') }))).toHaveLength(1);
    expect(gateProblems(judged, registryOf({ A: result('refuted') }))).toHaveLength(1);
  });

  test('shuts on a moved margin, other seeds and fewer replicates, also in a partial run', () => {
    const registry = registryOf({ A: result('supported') });
    const changed = [{ spec: 'abd' }, { seeds: [0, 1, 2, 3, 4, 99] }, { seeds: [0, 1, 2, 3, 4] }];
    const messages = [/not the claim that was registered/, /with other seeds/, /another number of replicates/];
    changed.forEach((fields, i) => {
      const judged = judgeFamily([evidenceOf('A', strong, fields)], true);
      expect(gateProblems(judged, registry, true).join()).toMatch(messages[i] as RegExp);
    });
  });

  test('asks a partial run for the verdict of each claim alone, and for no other claim', () => {
    const registry = registryOf({ A: result('supported', 'inconclusive'), B: result('supported') });
    const judged = judgeFamily([evidenceOf('A', weak)], true);
    expect(judged[0]).toMatchObject({ holmP: null, familyVerdict: 'supported' });
    expect(gateProblems(judged, registry, true)).toEqual([]);
    const flipped = registryOf({ A: result('refuted') });
    expect(gateProblems(judged, flipped, true).join()).toMatch(/A supported, registered as refuted/);
  });
});

describe('on another device than the registered one', () => {
  const elsewhere = { devices: ['another cpu'] };
  const borderline = { ...result('supported'), mean: 0.05, sd: 0.1 };
  const firm = { ...result('supported'), mean: 1, sd: 0.1 };
  const spread = [1, -1, 1, -1, 1, -0.5];

  test('a borderline verdict that became inconclusive is a note, a firm one is a flip', () => {
    const judged = judgeFamily([evidenceOf('A', spread, elsewhere)]);
    expect(judged[0]?.familyVerdict).toBe('inconclusive');
    expect(gateProblems(judged, registryOf({ A: borderline }))).toEqual([]);
    expect(borderlineNotes(judged, registryOf({ A: borderline })).join()).toMatch(/A is inconclusive here/);
    expect(gateProblems(judged, registryOf({ A: firm }))).toHaveLength(1);
    expect(borderlineNotes(judged, registryOf({ A: firm }))).toEqual([]);
  });

  // A mean of 0.0381 with half-width 0.0174 came out as 0.0139 on another engine: within the prediction interval of 0.0247.
  test.each([
    [0.0381, false],
    [0.0174 + Math.SQRT2 * 0.0174 + 1e-4, true],
    [0.0174 + Math.SQRT2 * 0.0174 - 1e-4, false],
  ])('a mean of %d with a half-width of 0.0174 at n = 6 is firm: %s', (mean, firmly) => {
    const sd = (0.0174 * Math.sqrt(6)) / 2.570581836;
    expect(isFirm({ ...result('supported'), n: 6, mean, sd }, greaterThan(0))).toBe(firmly);
  });

  test.each([
    [12, 12, false],
    [9, 12, false],
    [38, 40, true],
    [30, 40, false],
    [2, 40, true],
  ])('%i of %i setups is a firm verdict on a share of 0.6: %s', (hits, usable, firmly) => {
    const { verdict, mean, sd } = judgeShare(greaterThan(0.6), hits, usable, { premiseFailed: false });
    expect(isFirm({ ...result(verdict), n: 40, usable, mean, sd }, greaterThan(0.6))).toBe(firmly);
  });

  test('on the registered device as many setups must be usable as were registered', () => {
    const registered = { ...result('supported'), usable: 6 };
    const judged = judgeFamily([evidenceOf('A', strong, { family: 'prevalence' })]);
    expect(gateProblems(judged, registryOf({ A: registered }))).toEqual([]);
    expect(gateProblems(judged, registryOf({ A: { ...registered, usable: 5 } }))).toHaveLength(1);
  });

  test('the same borderline verdict on the registered device has no excuse', () => {
    const judged = judgeFamily([evidenceOf('A', spread)]);
    expect(gateProblems(judged, registryOf({ A: borderline }))).toHaveLength(1);
  });

  test('from supported to refuted is always a flip', () => {
    const judged = judgeFamily([evidenceOf('A', strong, elsewhere)]);
    const refuted = { ...result('refuted'), mean: -0.05, sd: 0.1 };
    expect(gateProblems(judged, registryOf({ A: refuted }))).toHaveLength(1);
  });

  test('one failed replicate too many is a note, two are a flip', () => {
    const failed = (seeds: readonly number[]): Evidence => {
      const evidence = evidenceOf('A', strong, { ...elsewhere, premiseFailures: seeds });
      return { ...evidence, judgement: { ...evidence.judgement, verdict: 'premise failed' } };
    };
    const registry = registryOf({ A: firm });
    expect(gateProblems(judgeFamily([failed([1, 2])]), registry)).toEqual([]);
    expect(gateProblems(judgeFamily([failed([1, 2, 3])]), registry)).toHaveLength(1);
  });
});

test('the digest follows the numbers and the seeds, not the order of the claims', () => {
  const [a, b] = [evidenceOf('A', strong), evidenceOf('B', weak)];
  expect(digestOf([a, b])).toBe(digestOf([b, a]));
  expect(digestOf([a])).not.toBe(digestOf([evidenceOf('A', weak)]));
  expect(digestOf([a])).not.toBe(digestOf([evidenceOf('A', strong, { seeds: [9, 1, 2, 3, 4, 5] })]));
});

test('a verdict that does not reproduce says what was measured, how to replay it and where to look', () => {
  const text = describeEvidence(
    evidenceOf('A', [1, -1, 1, -1, 1, -0.5], { premiseFailures: [3], completeCases: { n: 5, mean: 0.2 } }),
    result('supported'),
  );
  expect(text).toMatch(/A inconclusive, registered as supported: does not reproduce/);
  expect(text).toMatch(/6 of 6 replicates/);
  expect(text).toMatch(/premise failed in 1 replicates \(at most 1 may\): seeds 3/);
  expect(text).toMatch(/replay: SPILLOVER_PROFILE=quick .*npx vitest run hypotheses\/A.test.ts/);
  expect(text).toMatch(/spread between replicates grew/);
});
