import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { InputError, InvariantError, NothingToMeasureError } from '../core/errors.ts';
import { loadSetup } from '../lab/setup.ts';
import { WARM_STORE } from '../lab/warm-store.test.helper.ts';
import { drift } from '../measure/observation.ts';
import type { Profile } from '../project/config.ts';
import type { Configuration } from '../project/configuration.ts';
import { HERE } from '../project/here.test.helper.ts';
import { type Arm, after, atTarget } from '../train/arm.ts';
import { rl, sft } from '../train/arms.ts';
import { characters } from '../world/characters/index.ts';
import { claim, declare } from './claim.ts';
import { contentOf } from './content.ts';
import type { DeclaredClaim } from './declared.ts';
import { premiseLines } from './explain.ts';
import { gatherEvidence } from './gather.ts';
import { loadedFrom } from './loaded.ts';
import { matchingsOf } from './matchings.ts';
import { inSetup } from './placed.ts';
import { failedPremises } from './reading.ts';
import type { Estimate } from './spec.ts';
import { specHash } from './spec-hash.ts';
import { equivalentWithin, greaterThan, lessThan, type Prediction } from './verdict.ts';

const files = mkdtempSync(join(tmpdir(), 'evidence-files-'));
afterAll(() => rmSync(files, { recursive: true }));

/** Worlds so small, and training so short, that no arm reaches its level. */
const small = loadSetup('fixtures/setups/small.json', [characters]);
const configuration: Configuration = {
  ...{ project: { ...HERE, setups: { recipe: small } }, catalog: HERE.catalog },
  ...{ profile: 'quick', seeds: [1, 2, 3, 4], engine: 'onnx:cpu', together: undefined },
  folder: WARM_STORE,
  setup: small,
  changed: { setups: 4, mostCost: 1 },
};
const path = join(files, 'x.test.ts');
writeFileSync(path, 'the text of the file');
const sink = { write: () => undefined };
const claimOf = (estimate: Estimate<string>, mayFallShort: readonly string[] = []): DeclaredClaim => ({
  ...loadedFrom(pathToFileURL(path).href),
  gather: () => expect.unreachable(),
  spec: {
    ...{ id: 'X', statement: 's', family: 'exploratory', estimand: 'e', unit: 'TV', prediction: greaterThan(0) },
    arms: { skill: rl({ skill: 1 }), shown: sft({ skill: 1 }) },
    mayFallShort,
  },
  estimate,
});
const skillDrift: Estimate<string> = ({ skill }) => drift(skill as never);

test('what to bear in mind goes with the evidence', async () => {
  const { spec, ...rest } = claimOf(skillDrift);
  const evidence = await gatherEvidence({ ...rest, spec: { ...spec, mind: ['One.', 'Two.'] } }, configuration, sink);
  expect(evidence.mind).toEqual(['One.', 'Two.']);
});

test('a target whose world has nothing to measure is left out of the mean and said; a replicate without another ends the claim', async () => {
  const nothing = (): never => {
    throw new NothingToMeasureError('no place to measure spread at: nowhere');
  };
  const lackingAt =
    (lacks: (seed: number, target: number) => boolean): Estimate<string> =>
    ({ skill }) => {
      const {
        seed,
        arm: { target = 0 },
      } = skill as unknown as { readonly seed: number; readonly arm: Arm };
      return lacks(seed, target) ? nothing() : target;
    };
  const two = { ...configuration, setup: { ...small, world: { ...small.world, targets: 2 } } };
  const gathered = (estimate: Estimate<string>) => {
    const { spec, ...rest } = claimOf(estimate, ['skill', 'shown']);
    return gatherEvidence({ ...rest, spec: { ...spec, targets: 2 } }, two, sink);
  };
  const one = await gathered(lackingAt((seed, target) => seed === 2 && target === 0));
  expect(one.values).toEqual([0.5, 1, 0.5, 0.5]);
  expect(one.premises).toEqual([{ text: expect.stringMatching(/left out of the mean/), failures: [2] }]);
  await expect(gathered(lackingAt((seed) => seed === 2))).rejects.toThrow(NothingToMeasureError);
  await expect(gathered(lackingAt((seed) => seed === 2))).rejects.toThrow(
    /^X at seed 2: no place to measure spread at: nowhere$/,
  );
});

describe('an arm in another setup', () => {
  const bigger = { ...small, world: { ...small.world, families: small.world.families + 1 } };
  const both = { ...configuration, project: { ...configuration.project, setups: { recipe: small, bigger } } };
  const across = (estimate: Estimate<string>, setup: string): DeclaredClaim => {
    const { spec, ...rest } = claimOf(estimate, ['here', 'there']);
    return { ...rest, spec: { ...spec, arms: { here: sft({ skill: 1 }), there: inSetup(setup, sft({ skill: 1 })) } } };
  };
  const driftOf =
    (arm: string): Estimate<string> =>
    (arms) =>
      drift(arms[arm] as never);

  test('is observed there, on the same seeds, and compared replicate by replicate', async () => {
    const { values, arms, ...evidence } = await gatherEvidence(across(driftOf('there'), 'bigger'), both, sink);
    const { spec, ...alone } = claimOf(driftOf('skill'), ['skill']);
    const own = { ...alone, spec: { ...spec, arms: { skill: sft({ skill: 1 }) } } };
    const there = await gatherEvidence(own, { ...both, setup: bigger }, sink);
    expect(values).toEqual(there.values);
    const here = await gatherEvidence(across(driftOf('here'), 'bigger'), both, sink);
    expect(here.values).toEqual((await gatherEvidence(own, both, sink)).values);
    expect(here.values).not.toEqual(values);
    expect(arms['there']).toEqual(inSetup('bigger', sft({ skill: 1 })));
    expect(evidence.censored.map(({ arm }) => arm)).toEqual(['sft s=1 rehearsal=0', 'sft s=1 rehearsal=0 in bigger']);
  });

  test('is refused where that is the setup of the claim itself, which it names', async () => {
    await expect(gatherEvidence(across(driftOf('there'), 'recipe'), both, sink)).rejects.toThrow(
      /in the setup 'recipe', which is its claim's own[\s\S]*to do: leave `inSetup` out/,
    );
  });

  test('makes another claim where that setup says something else to it, or is not there', async () => {
    const specOf = async (changed: object): Promise<string> => {
      const setups = { recipe: small, bigger: { ...bigger, ...changed } };
      const at = { ...both, project: { ...both.project, setups } };
      return specHash([across(driftOf('here'), 'bigger')], across(driftOf('here'), 'bigger').spec, at);
    };
    expect(await specOf({})).toBe(await specOf({}));
    expect(await specOf({ model: { ...small.model, feedForward: 3 } })).not.toBe(await specOf({}));
    await expect(gatherEvidence(across(driftOf('here'), 'gone'), both, sink)).rejects.toThrow(/no setup 'gone'/);
  });
});

test('a declaration whose text is not complete is refused', () => {
  const { spec, estimate } = claimOf(skillDrift);
  const url = pathToFileURL(path).href;
  expect(claim(url, { ...spec, mind: ['One.'] }, estimate).spec.mind).toEqual(['One.']);
  expect(() => claim(url, { ...spec, mind: ['One.', ' '] }, estimate)).toThrow(/nothing in mind/);
  expect(() => claim(url, { ...spec, statement: '' }, estimate)).toThrow(InputError);
});

test('the smallest value of interest lies where the prediction does, and goes with the evidence', async () => {
  const { spec, ...rest } = claimOf(skillDrift);
  const url = pathToFileURL(path).href;
  const of = (prediction: Prediction, interest: number) => claim(url, { ...spec, prediction, interest }, rest.estimate);
  for (const [prediction, good, bad] of [
    [greaterThan(0.1), 0.2, [0.1, 0, Number.NaN, Number.POSITIVE_INFINITY]],
    [lessThan(0.1), -0.2, [0.1, 0.3, Number.NEGATIVE_INFINITY]],
    [equivalentWithin(0.1), -0.05, [0.1, -0.1, 0.3]],
  ] as const) {
    expect(of(prediction, good).spec.interest).toBe(good);
    for (const each of bad) {
      expect(() => of(prediction, each)).toThrow(InputError);
      expect(() => of(prediction, each)).toThrow(
        /smallest value of interest of X[\s\S]*expected: a number that is [\s\S]*got: [\s\S]*to do: give `interest`/,
      );
    }
  }
  const share = { ...rest, spec: { ...spec, family: 'prevalence' as const, interest: 1 } };
  expect(() => declare(share)).toThrow(/expected: none: it is a share/);
  const evidence = await gatherEvidence({ ...rest, spec: { ...spec, interest: 0.2 } }, configuration, sink);
  expect(evidence.interest).toBe(0.2);
});

test('a claim is of a profile that there is, and that goes with the evidence', async () => {
  const { spec, ...rest } = claimOf(skillDrift);
  const from = (profile: unknown) => declare({ ...rest, spec: { ...spec, from: profile as Profile } });
  expect(() => from('nightly')).toThrow(InputError);
  expect(() => from('nightly')).toThrow(/expected: one of quick, standard, full[\s\S]*got: nightly/);
  const evidence = await gatherEvidence(from('standard'), configuration, sink);
  expect(evidence.from).toBe('standard');
});

test('an arm below its level fails the premise of its replicate; every replicate stays in the estimate', async () => {
  const evidence = await gatherEvidence(claimOf(skillDrift), configuration, sink);
  expect(evidence.judgement).toMatchObject({ verdict: 'premise failed', n: 4 });
  expect(evidence).toMatchObject({ premiseFailures: [1, 2, 3, 4], premiseAllowance: 0, completeCases: null });
  expect(evidence.censored.map(({ seeds }) => seeds)).toEqual([configuration.seeds, configuration.seeds]);
  expect(evidence.values.every((value) => value > 0)).toBe(true);
});

test('an arm that may fall short is still counted; a base that does not know its characters fails the premise', async () => {
  const evidence = await gatherEvidence(claimOf(skillDrift, ['skill', 'shown']), configuration, sink);
  // The bases are as untrained as the arms: that premise has no exception.
  expect(evidence).toMatchObject({ premiseFailures: [1, 2, 3, 4], judgement: { verdict: 'premise failed' } });
  expect(evidence.censored).toHaveLength(2);
});

test('a premise fails a replicate once, an excused arm fails none, and a strange base always does', () => {
  const censored = [
    { arm: 'rl', seeds: [7, 3] },
    { arm: 'sdft', seeds: [3, 5] },
  ];
  expect(failedPremises(censored, [], [])).toEqual([3, 5, 7]);
  expect(failedPremises(censored, ['rl'], [])).toEqual([3, 5]);
  expect(failedPremises(censored, ['rl', 'sdft'], [])).toEqual([]);
  expect(failedPremises(censored, ['rl', 'sdft'], [9])).toEqual([9]);
});

test('the number of a claim of several targets is the mean over them, each with the arms that change it', async () => {
  const setup = { ...small, world: { ...small.world, targets: 2 } };
  const several = { ...configuration, setup, project: { ...HERE, setups: { recipe: setup } }, seeds: [1, 2] };
  const { spec, ...rest } = claimOf(skillDrift, ['shown']);
  const of = (fields: object) => gatherEvidence({ ...rest, spec: { ...spec, ...fields } }, several, sink);
  const evidence = await of({ targets: 2 });
  const other = { skill: atTarget(rl({ skill: 1 }), 1), shown: atTarget(sft({ skill: 1 }), 1) };
  const [first, second] = [await of({}), await of({ arms: other })];
  expect(second.values).not.toEqual(first.values);
  expect(evidence.values).toEqual(first.values.map((value, i) => (value + (second.values[i] as number)) / 2));
  expect(evidence.arms).toEqual({ ...spec.arms, 'skill, target 1': other.skill, 'shown, target 1': other.shown });
  expect(evidence.mayFallShort).toEqual(['shown', 'shown, target 1']);
  expect(evidence.censored).toHaveLength(4);
  await expect(of({ targets: 3 })).rejects.toThrow(/target 0 to 1/);
});

test('a premise of a claim fails the replicates in which it does not hold, at any target, and is told in words', async () => {
  const { spec, ...rest } = claimOf(skillDrift, ['skill', 'shown']);
  const seen: number[] = [];
  const premises = [
    { text: 'not the third', holds: ({ skill }: Record<string, { seed: number }>) => skill?.seed !== 3 },
    { text: 'always', holds: (_: unknown, base: { chance: number }) => seen.push(base.chance) > 0 },
  ];
  const evidence = await gatherEvidence(
    { ...rest, spec: { ...spec, premises: premises as never } },
    configuration,
    sink,
  );
  expect(evidence.premises).toEqual([
    { text: 'not the third', failures: [3] },
    { text: 'always', failures: [] },
  ]);
  expect(evidence.premiseFailures).toContain(3);
  expect(seen.length).toBe(4);
  expect(contentOf(evidence).premises).toEqual(['not the third', 'always']);
  expect(premiseLines(evidence)).toContain('  not so in 1 replicates: not the third');
  const told = (premiseFailures: number[]): string[] =>
    premiseLines({ ...evidence, premiseFailures, censored: [] }).filter((line) => line.includes('does not play'));
  expect(told([3])).toEqual([]);
  expect(told([2, 3])).toEqual([
    '  the base does not play its characters in 1 replicates in which nothing else failed: seeds 2',
  ]);
  const without = await gatherEvidence(claimOf(skillDrift, ['skill', 'shown']), configuration, sink);
  expect('premises' in without || 'premises' in contentOf(without)).toBe(false);
});

test('a contrast is read again at equal effect, steps and target KL, and flips with its arms; it decides nothing', async () => {
  const { spec, ...rest } = claimOf(skillDrift, ['skill', 'shown']);
  const of = (first: string, second: string) =>
    gatherEvidence(
      { ...rest, spec: { ...spec, contrast: { of: [first, second], at: ['bystander', 'dialogue'], number: 'tv' } } },
      configuration,
      sink,
    );
  const [a, b] = [await of('skill', 'shown'), await of('shown', 'skill')];
  expect(a.matchings?.map(({ matching }) => matching)).toEqual(['effect', 'steps', 'target KL']);
  for (const [i, each] of (a.matchings ?? []).entries()) {
    expect(each.low < each.mean && each.mean < each.high).toBe(true);
    expect(b.matchings?.[i]?.mean).toBeCloseTo(-each.mean, 12);
  }
  const without = await gatherEvidence(claimOf(skillDrift, ['skill', 'shown']), configuration, sink);
  expect('matchings' in without || 'contrast' in without).toBe(false);
  expect(a.contrast).toEqual({ of: ['skill', 'shown'], at: ['bystander', 'dialogue'], number: 'tv' });
  const contrast = { of: ['skill', 'shown'] as const, at: ['bystander'], number: 'tv' as const };
  const later = { skill: rl({ skill: 1 }), shown: after(sft({ skill: 0 }), sft({ skill: 1 })) };
  // Before its first step the later one differs from the base already.
  expect(matchingsOf({ arms: later, contrast }, [])).toBeUndefined();
  expect(a.digest).toBe(without.digest);
});

test('swapping two arms flips the sign and nothing else', async () => {
  const difference: Estimate<string> = ({ skill, shown }) => drift(skill as never) - drift(shown as never);
  const swapped: Estimate<string> = ({ skill, shown }) => drift(shown as never) - drift(skill as never);
  const [a, b] = [
    await gatherEvidence(claimOf(difference), configuration, sink),
    await gatherEvidence(claimOf(swapped), configuration, sink),
  ];
  expect(b.values).toEqual(a.values.map((value) => -value));
  expect(b.judgement.mean).toBe(-a.judgement.mean);
});

test.each([
  Number.NaN,
  Number.POSITIVE_INFINITY,
  undefined as unknown as number,
])('an estimate of %s in one replicate is an error, never a verdict', async (bad) => {
  const estimate: Estimate<string> = ({ skill }) => (skill?.seed === 3 ? bad : 1);
  await expect(gatherEvidence(claimOf(estimate), configuration, sink)).rejects.toThrow(InvariantError);
});

test('an estimate that gives another number the second time is an error, never a verdict', async () => {
  let calls = 0;
  const estimate: Estimate<string> = () => (calls += 0.001);
  await expect(gatherEvidence(claimOf(estimate), configuration, sink)).rejects.toThrow(
    /the estimate of X[\s\S]*expected: the same number every time[\s\S]*got: 0.001, then 0.002[\s\S]*to do: take randomness/,
  );
});
