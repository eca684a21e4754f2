import { expect, test } from 'vitest';
import type { ReplicateObservation } from '../lab/observed.ts';
import { minimumDetectableEffect, tTestPower } from '../stats/power.ts';
import { armName } from '../train/arm.ts';
import { nullArm } from '../train/arms.ts';
import type { DeclaredClaim } from './declared.ts';
import { evidenceOf } from './example.test.helper.ts';
import { developed, type PowerAnalysis, powerOf, underpoweredLines, withoutPower } from './power.ts';
import type { ClaimText } from './spec.ts';
import { ALPHA, equivalentWithin, greaterThan, judgeMean, lessThan } from './verdict.ts';

const arm = nullArm();
const replicates = { quick: 6, standard: 12, full: 32 };
const claimOf = (text: Partial<ClaimText>): DeclaredClaim => ({
  ...{ path: '', text: null, gather: () => expect.unreachable() },
  spec: {
    ...{ id: 'X', statement: 's', family: 'exploratory', estimand: 'e', unit: 'TV', prediction: greaterThan(0.1) },
    ...{ ...text, arms: { only: arm } },
  },
  estimate: ({ only }) => (only as unknown as { readonly value: number }).value,
});

/** A study that trained nothing: a replicate a value, of which the first falls short. */
const study = (values: readonly number[]): ReplicateObservation[] =>
  values.map((value, i) => {
    const observation = { seed: 9001 + i, arm, measures: [], reached: i > 0, value };
    return { seed: 9001 + i, base: { played: true }, arms: new Map([[armName(arm), observation]]) };
  }) as unknown as ReplicateObservation[];
const values = [0.1, 0.3, 0.2, 0.4];
const about = { spec: 'abc', replicates, confirmatory: 5 };
const analysed = (text: Partial<ClaimText>): PowerAnalysis => powerOf(developed(claimOf(text), study(values), about));

test('a claim that names what is of interest has the power of its t test, at the spread of development', () => {
  const found = analysed({ interest: 0.3 });
  expect(found).toMatchObject({
    claim: 'X',
    spec: 'abc',
    interest: 0.3,
    values,
    premiseFailures: [9001],
    family: null,
  });
  expect([found.mean, found.sd]).toEqual([expect.closeTo(0.25, 12), expect.closeTo(Math.sqrt(1 / 60), 12)]);
  const { alone } = found;
  expect(alone?.alpha).toBe(ALPHA);
  for (const profile of ['quick', 'standard', 'full'] as const)
    expect(alone?.power[profile]).toBe(tTestPower((0.3 - 0.1) / found.sd, replicates[profile]));
  const needed = alone?.needed as number;
  expect(minimumDetectableEffect(found.sd, needed)).toBeLessThanOrEqual(0.2);
  expect(minimumDetectableEffect(found.sd, needed - 1)).toBeGreaterThan(0.2);
  expect(analysed({ prediction: lessThan(0.1), interest: -0.1 }).alone?.needed).toBe(needed);
});

test('a claim of a direction that names nothing has none, and an equivalence is looked at where the truth is 0', () => {
  expect(analysed({ family: 'confirmatory' })).toMatchObject({ interest: null, alone: null, family: null });
  const margin = equivalentWithin(0.2);
  expect(analysed({ prediction: margin })).toEqual(analysed({ prediction: margin, interest: 0 }));
  expect(analysed({ prediction: margin }).alone?.needed).toBeLessThan(
    analysed({ prediction: margin, interest: 0.1 }).alone?.needed as number,
  );
});

test('more replicates than anybody trains are not counted, and without spread two are enough', () => {
  expect(analysed({ interest: 0.101 }).alone?.needed).toBeNull();
  const same = powerOf(developed(claimOf({ interest: 0.3 }), study([0.2, 0.2, 0.2]), about));
  expect(same).toMatchObject({ sd: 0, alone: { power: { quick: 1 }, needed: 2 } });
  for (const interest of [0.3, 0.5, 1, 90])
    expect(Math.max(...Object.values(analysed({ interest }).alone?.power ?? {}))).toBeLessThanOrEqual(1);
});

test('a confirmatory claim is looked at as Holm judges the smallest p, too', () => {
  const greater = analysed({ family: 'confirmatory', interest: 0.3 });
  expect(greater.alone).toEqual(analysed({ interest: 0.3 }).alone);
  expect(greater.family?.alpha).toBe(0.01);
  expect(greater.family?.power.standard).toBe(tTestPower(0.2 / greater.sd, 12, 0.01));
  // Holm takes twice the p of an equivalence, so that each of its tests has half of that alpha.
  const equal = analysed({ family: 'confirmatory', prediction: equivalentWithin(0.2) });
  const { pDecided, p } = judgeMean([-0.1, 0.12, -0.05, 0.04, 0, -0.02], equivalentWithin(0.2));
  expect(pDecided).toBeCloseTo(2 * p, 12);
  expect(equal.family?.alpha).toBe(0.005);
});

test('an equivalence with too few replicates is underpowered, at the alpha that decides it', () => {
  const analysis = analysed({ family: 'confirmatory', prediction: equivalentWithin(0.2) });
  const [alone, inFamily] = [analysis.alone?.needed as number, analysis.family?.needed as number];
  expect(alone).toBeLessThan(inFamily);
  const lines = (n: number, fields: object = {}, analyses = [analysis]): string[] =>
    underpoweredLines(
      evidenceOf('X', Array(n).fill(0), { prediction: equivalentWithin(0.2), spec: 'abc', ...fields }),
      analyses,
    );
  expect(lines(inFamily)).toEqual([]);
  expect(lines(inFamily - 1)).toEqual([
    `Underpowered: were the truth 0 TV, finding that with power 0.8 would take ${inFamily} replicates (standard deviation 0.129 in ` +
      `4 development seeds, alpha 0.005), and there are ${inFamily - 1}.`,
  ]);
  expect(lines(alone, {}, [{ ...analysis, family: null }])).toEqual([]);
  const none = { ...analysis, family: { alpha: 0.005, power: replicates, needed: null } };
  expect(lines(6, {}, [none]).join()).toContain('would take > 200 replicates');
  expect(lines(2, { spec: 'another' })).toEqual([]);
  expect(lines(2, { prediction: greaterThan(0.2) })).toEqual([]);
});

test('confirmatory claims without an analysis of what they are now are named, each with what to do', () => {
  const confirmatory = claimOf({ family: 'confirmatory' });
  const of = (analyses: readonly PowerAnalysis[], spec = 'abc') => withoutPower([confirmatory], analyses, () => spec);
  expect(of([])).toEqual(['X has no power analysis: npm run power -- --claim X']);
  const complete = analysed({ family: 'confirmatory', interest: 0.3 });
  expect(of([complete])).toEqual([]);
  expect(of([complete], 'another')).toEqual(of([]));
  expect(of([analysed({ family: 'confirmatory' })]).join()).toMatch(
    /^X has no power analysis: name .* as `interest`, then/,
  );
  expect(withoutPower([claimOf({})], [], () => 'abc')).toEqual([]);
});
