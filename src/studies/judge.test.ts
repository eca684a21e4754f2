import { expect, test } from 'vitest';
import { lessThan } from '../claims/verdict.ts';
import { InputError } from '../core/errors.ts';
import { imported } from './claim.ts';
import type { Observation, StudyFacts } from './format.ts';
import { judgeStudy } from './judge.ts';
import { type Change, ELSEWHERE, judged, SPEC, unit } from './judged.test.helper.ts';
import { readStudy } from './read.ts';
import { FACTS, rowsOfSeeds, studyIn } from './small.test.helper.ts';

test('pairs by replicate: the estimate, its interval and effect size, arms that are swapped turn the sign', async () => {
  const seeds = Array.from({ length: 8 }, (_, i) => i + 1);
  const evidence = await judged({}, rowsOfSeeds(seeds));
  expect(evidence.values).toHaveLength(8);
  expect(evidence.judgement).toMatchObject({ verdict: 'supported', estimate: expect.closeTo(0.37, 12) });
  expect(evidence.arms.map(({ name }) => name)).toEqual(['rl', 'sdft']);
  expect(evidence.differs).toEqual(['method', 'content']);
  const swapped = await judged({ arms: { sdft: 'sdft', rl: 'rl' }, prediction: lessThan(-0.1) }, rowsOfSeeds(seeds));
  expect(swapped.judgement).toMatchObject({ verdict: 'supported', estimate: expect.closeTo(-0.37, 12) });
});

test.each([
  ['pretraining', /pretrained in this way: 6 training seeds an arm/],
  ['finetune', /training runs from this base \(a base\), 6 training seeds an arm, and not about other bases/],
  ['checkpoint', /about this run \(a base\) alone/],
  ['persona', /may only conclude about this checkpoint \(a base\): personas/],
  ['item', /may only conclude about this checkpoint \(a base\): items/],
] as const)('the sentence says about what replicates that are %s conclude', async (of, said) => {
  const { sentence } = await judged({}, rowsOfSeeds(), unit(of));
  expect(sentence).toMatch(said);
});

test('three samples of one model are no three seeds', async () => {
  const rows = rowsOfSeeds([1, 2, 3]).map((each) => ({
    ...each,
    seeds: { training: 42, sampling: Number(each.replicate.slice(4)) },
  }));
  await expect(judged({}, rows)).rejects.toThrow(
    /run 1 and run 2 both have the training seed 42[\s\S]*samples of one model/,
  );
  await expect(judged({}, rows, unit('persona'))).resolves.toMatchObject({
    judgement: { verdict: expect.any(String) },
  });
});

test('three pairs say what no test of three can show, six do not', async () => {
  const [three, six] = [await judged({}, rowsOfSeeds([1, 2, 3])), await judged({}, rowsOfSeeds([1, 2, 3, 4, 5, 6]))];
  expect(three.warnings.join(' ')).toMatch(/sign-flip test of 3 pairs gives no two-sided p below 0\.25/);
  expect(six.warnings.join(' ')).not.toMatch(/sign-flip/);
  const unpaired = await judged({ design: 'unpaired' }, rowsOfSeeds([1, 2, 3]));
  expect(unpaired.warnings.join(' ')).toMatch(/permutation test of 3 and 3 replicates gives no two-sided p below 0\.1/);
});

test('a rate at one end of its range in every arm is a failed premise, in one arm it is not', async () => {
  const atEnd = rowsOfSeeds().map((each) => ({ ...each, value: each.character === 'alice' ? 0.9 : 0 }));
  expect((await judged({}, atEnd)).judgement.verdict).toBe('premise failed');
  const inOne = rowsOfSeeds().map((each) => (each.arm === 'sdft' ? { ...each, value: 0 } : each));
  expect((await judged({}, inOne)).judgement.verdict).toBe('supported');
});

test('premises of the study count: failed is failed, unknown is a warning', async () => {
  const premise = (met: boolean | null): StudyFacts => ({ ...FACTS, premises: [{ text: 'RL learns', met }] });
  expect((await judged({}, rowsOfSeeds(), premise(false))).judgement.verdict).toBe('premise failed');
  expect((await judged({}, rowsOfSeeds(), premise(null))).warnings.join(' ')).toMatch(
    /not known whether it holds: RL learns/,
  );
  expect((await judged({}, rowsOfSeeds(), premise(true))).warnings).toEqual([]);
});

test.each([
  ['more than 5 % in an arm', { rl: 10, sdft: 10 }, /more than 5 %/],
  ['other in one arm than in the other', { rl: 4, sdft: 0 }, /differ in how many answers/],
  ['as few in both', { rl: 1, sdft: 1 }, null],
])('answers left out are told: %s', async (_what, excluded, said) => {
  const rows = rowsOfSeeds().map((each) => ({ ...each, excluded: excluded[each.arm as 'rl' | 'sdft'] }));
  const warnings = (await judged({}, rows)).warnings.join(' ');
  if (said === null) expect(warnings).toBe('');
  else expect(warnings).toMatch(said);
});

test('pairs of other items are refused, items that nobody hashed are a warning', async () => {
  const other = rowsOfSeeds().map((each) => ({ ...each, items: `sha256:${each.arm.padEnd(10, '0')}` }));
  await expect(judged({}, other)).rejects.toThrow(/other hashes of items/);
  expect((await judged({ design: 'unpaired' }, other)).warnings.join(' ')).toMatch(/were not asked the same items/);
  const unhashed: StudyFacts = { ...FACTS, probes: { asked: { about: 'twenty questions' } } };
  expect((await judged({}, rowsOfSeeds(), unhashed)).warnings.join(' ')).toMatch(
    /not known whether the arms were asked the same/,
  );
});

test('drift is told with what the training did to its target, and unmatched where that is not known or differs', async () => {
  const without = rowsOfSeeds().filter(({ character }) => character !== 'alice');
  expect((await judged({}, without)).warnings.join(' ')).toMatch(/unmatched: how the target of the training does/);
  const weaker = rowsOfSeeds().map((each) =>
    each.character === 'alice' && each.arm === 'sdft' ? { ...each, value: 0.4 } : each,
  );
  expect((await judged({}, weaker)).warnings.join(' ')).toMatch(
    /unmatched: the target does not do alike[\s\S]*rl 0\.9, sdft 0\.4/,
  );
  const told: StudyFacts = {
    ...FACTS,
    arms: Object.fromEntries(Object.entries(FACTS.arms).map(([name, arm]) => [name, { ...arm, targetEffect: 0.8 }])),
  };
  expect((await judged({}, without, told)).warnings).toEqual([]);
});

test('arms that are not paired, or a replicate that is in one alone, are no pairs', async () => {
  const single: StudyFacts = { ...FACTS, replication: { ...FACTS.replication, pairedBy: null } };
  await expect(judged({}, rowsOfSeeds(), single)).rejects.toThrow(/pairedBy[\s\S]*unpaired/);
  const lacking = rowsOfSeeds().filter(({ arm, replicate }) => arm !== 'rl' || replicate !== 'run 2');
  await expect(judged({}, lacking)).rejects.toThrow(/rl without run 2/);
  const some = await judged({ replicates: ['run 1', 'run 3', 'run 4'] }, lacking);
  expect(some.sentence).toMatch(/3 paired training runs, which the claim reads: the study has 11/);
  await expect(judged({ replicates: ['run 9'] })).rejects.toThrow(InputError);
});

const other = (change: (row: Observation) => object): Observation[] =>
  rowsOfSeeds().map((each) => ({ ...each, ...(each.arm === 'rl' && change(each)) }) as Observation);

test.each<[string, Change, readonly Observation[], StudyFacts, RegExp]>([
  [
    'other characters',
    {},
    rowsOfSeeds().filter(({ arm, character }) => character !== (arm === 'rl' ? 'bob' : 'carol')),
    FACTS,
    /the same characters, probes and temperatures/,
  ],
  ['another temperature', {}, other(() => ({ temperature: 1 })), FACTS, /at temperature 1/],
  [
    'another training seed',
    {},
    other(({ seeds }) => ({ seeds: { training: (seeds?.training ?? 0) + 50 } })),
    FACTS,
    /one training seed in every arm of a pair/,
  ],
  [
    'bases under one seed',
    {},
    rowsOfSeeds().map((each) => ({ ...each, base: `a ${each.replicate}`, seeds: { training: 1 } })),
    FACTS,
    /both have the training seed 1/,
  ],
  [
    'several bases',
    {},
    rowsOfSeeds().map((each) => ({ ...each, base: `a ${each.replicate}` })),
    FACTS,
    /runs from one base/,
  ],
  [
    'more runs than the study has seeds',
    {},
    rowsOfSeeds(),
    { ...FACTS, replication: { ...FACTS.replication, trainingSeeds: 5 } },
    /at most 5[\s\S]*6 training seeds/,
  ],
  [
    'checkpoints of one step',
    {},
    rowsOfSeeds().map((each) => ({ ...each, step: 3, seeds: { training: 1 } })),
    unit('checkpoint'),
    /both at step 3/,
  ],
  [
    'personas that are one character',
    {},
    rowsOfSeeds().filter(({ character }) => character === 'bob'),
    unit('persona'),
    /both of bob/,
  ],
  ['a unit that is not that of the metric', { unit: 'points' }, rowsOfSeeds(), FACTS, /share, that of rate/],
])('refused: pairs, or replicates, with %s', async (_what, change, rows, facts, said) => {
  await expect(judged(change, rows, facts)).rejects.toThrow(said);
});

test('what is read at another step is told, and so are the target among others and numbers that do not vary', async () => {
  expect(
    (
      await judged(
        {},
        other(() => ({ step: 40 })),
      )
    ).differs,
  ).toContain('the step that is read');
  const all = await judged({ reads: { metric: 'rate' } });
  expect(all.warnings.join(' ')).toMatch(/the target is among the characters/);
  expect((await judged({}, rowsOfSeeds([1, 2, 3, 4, 5, 6], 0))).warnings.join(' ')).toMatch(/nothing varies/);
  const late = await judged(
    {},
    rowsOfSeeds().map((each, i) => (i % 6 === 0 ? { ...each, excluded: 50 } : each)),
  );
  expect(late.warnings.join(' ')).not.toMatch(/left out/);
  const row = await judged(
    {},
    rowsOfSeeds().map((each, i) => (i === 1 ? { ...each, excluded: 50 } : each)),
  );
  expect(row.warnings.join(' ')).toMatch(/of one row 33\.3 %/);
});

test('an estimate depends on every arm, and a third arm does not hide two that are stuck', async () => {
  const facts: StudyFacts = { ...FACTS, arms: { ...FACTS.arms, third: { method: 'RL', base: 'a base' } } };
  const rows = [
    ...rowsOfSeeds(),
    ...rowsOfSeeds()
      .filter(({ arm }) => arm === 'rl')
      .map((each) => ({ ...each, arm: 'third' })),
  ];
  const stuck = rows.map((each) =>
    each.arm === 'third' ? each : { ...each, value: each.character === 'alice' ? 0.9 : 0 },
  );
  const of = async (estimate: (arms: Readonly<Record<string, number>>) => number, all: readonly Observation[]) => {
    const spec = { ...SPEC, arms: { rl: 'rl', sdft: 'sdft', third: 'third' } };
    const declared = imported(ELSEWHERE, spec, estimate);
    const read = await readStudy(studyIn(facts, all), [{ arms: Object.values(spec.arms), reads: spec.reads }]);
    return judgeStudy(declared, read, read.found[0] ?? expect.unreachable(), { file: 'x', study: 'x' });
  };
  const mean = ({ rl = 0, sdft = 0, third = 0 }: Readonly<Record<string, number>>): number => rl - (sdft + third) / 2;
  expect((await of(mean, rows)).judgement.estimate).toBeCloseTo(0.175, 9);
  expect((await of(mean, stuck)).judgement.verdict).toBe('premise failed');
  await expect(of(({ rl = 0, sdft = 0 }) => rl - sdft, rows)).rejects.toThrow(/stays where third changes/);
});

test('a claim that is not complete is refused', () => {
  const declare = (change: object, estimate?: () => number) => () =>
    imported(ELSEWHERE, { ...SPEC, ...change }, estimate);
  expect(declare({ statement: ' ' })).toThrow(/no statement/);
  expect(declare({ id: 'a b' })).toThrow(/no id/);
  expect(declare({ design: 'crossed' })).toThrow(/no design/);
  expect(declare({ arms: { rl: 'rl' } })).toThrow(/1 arms \(rl\)/);
  expect(declare({ design: 'unpaired' }, () => 1)).toThrow(/with an estimate/);
  expect(declare({ arms: { rl: 'rl', again: 'rl' } })).toThrow(/every arm of the study once/);
  expect(declare({ arms: { 2: 'rl', 1: 'sdft' } })).toThrow(/a name that is no number/);
});
