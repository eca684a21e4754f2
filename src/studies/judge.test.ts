import { expect, test } from 'vitest';
import { greaterThan, lessThan } from '../claims/verdict.ts';
import { InputError } from '../core/errors.ts';
import type { DeclaredImport } from './claim.ts';
import { imported } from './claim.ts';
import type { ImportedEvidence } from './evidence.ts';
import type { Item, Observation, StudyFacts } from './format.ts';
import { judgeStudy } from './judge.ts';
import { readStudy } from './read.ts';
import { FACTS, rowsOfSeeds, studyIn } from './small.test.helper.ts';
import type { ImportedSpec } from './spec.ts';

const SPEC: ImportedSpec<'rl' | 'sdft'> = {
  ...{
    id: 'T1',
    statement: 'RL spreads further',
    study: 'x',
    estimand: 'Spread of RL less of documents',
    unit: 'share',
  },
  ...{
    prediction: greaterThan(0.1),
    arms: { rl: 'rl', sdft: 'sdft' },
    reads: { metric: 'rate', characters: 'bystander' },
  },
};
// Of another file: in a test's own it would be a test.
const ELSEWHERE = new URL('./claim.ts', import.meta.url).href;
type Change = Partial<ImportedSpec<'rl' | 'sdft'>>;

async function judged(
  change: Change = {},
  rows: readonly Observation[] = rowsOfSeeds(),
  facts: StudyFacts = FACTS,
  items: readonly Item[] = [],
): Promise<ImportedEvidence> {
  const declared: DeclaredImport = imported(ELSEWHERE, { ...SPEC, ...change });
  const { arms, reads } = declared.spec;
  const read = await readStudy(studyIn(facts, rows, items), [{ arms: Object.values(arms), reads }]);
  const [found] = read.found;
  return judgeStudy(declared, read, found ?? expect.unreachable(), { file: 'hypotheses/t1.test.ts', study: 'x' });
}

const unit = (to: StudyFacts['replication']['unit'], change: Partial<StudyFacts> = {}): StudyFacts => ({
  ...FACTS,
  ...change,
  replication: { ...FACTS.replication, unit: to },
});

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
  ['pretraining', /pretrained in this way: 6 training seeds/],
  ['finetune', /training runs from this base \(a base\), 6 training seeds, and not about other bases/],
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
  expect(three.warnings.join(' ')).toMatch(/sign-flip test of 3 pairs gives no p below 0\.25/);
  expect(six.warnings.join(' ')).not.toMatch(/sign-flip/);
  const unpaired = await judged({ design: 'unpaired' }, rowsOfSeeds([1, 2, 3]));
  expect(unpaired.warnings.join(' ')).toMatch(/permutation test of 3 and 3 replicates gives no p below 0\.1/);
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
  expect((await judged({}, without)).warnings.join(' ')).toMatch(/unmatched: what the training did/);
  const weaker = rowsOfSeeds().map((each) =>
    each.character === 'alice' && each.arm === 'sdft' ? { ...each, value: 0.4 } : each,
  );
  expect((await judged({}, weaker)).warnings.join(' ')).toMatch(
    /unmatched: the effect on the target differs[\s\S]*rl 0\.9, sdft 0\.4/,
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
  expect(some.sentence).toMatch(/3 paired training runs, chosen by the claim: the study has 11/);
  await expect(judged({ replicates: ['run 9'] })).rejects.toThrow(InputError);
});

const counted = (rows: readonly Observation[]): Observation[] =>
  rows.map((each) => ({ ...each, k: Math.round(each.value * 100) })).map((each) => ({ ...each, value: each.k / 100 }));

test('proportions by Newcombe; trials of one item count for as many as they tell', async () => {
  const rows = counted(rowsOfSeeds([1], 0));
  const plain = await judged({ design: 'proportions' }, rows, unit('item'));
  expect(plain.judgement).toMatchObject({ estimate: expect.closeTo(0.3, 12), verdict: 'supported', effectSize: null });
  expect(plain.arms[0]?.counts).toEqual({ k: 80, n: 200, effective: 200 });
  // Ten items of twenty samples that all agree: ten answers, not two hundred.
  const items = ['rl', 'sdft'].flatMap((arm, a) =>
    Array.from(
      { length: 200 },
      (_, i): Item => ({
        ...{ replicate: 'run 1', arm, character: 'bob', probe: 'asked', metric: 'rate' },
        ...{ item: `item ${i % 10}`, sample: Math.floor(i / 10), value: i % 10 < (a === 0 ? 4 : 1) ? 1 : 0 },
      }),
    ),
  );
  const clustered = await judged({ design: 'proportions' }, rows, unit('item'), items);
  expect(clustered.arms[0]?.counts).toMatchObject({ k: 80, n: 200, effective: expect.closeTo(9, 6) });
  expect(clustered.judgement).toMatchObject({ estimate: expect.closeTo(0.3, 12), verdict: 'inconclusive' });
  expect(clustered.sentence).toMatch(/80 of 200 and 20 of 200 trials, which are worth 9 and 9 independent ones/);
  await expect(judged({ design: 'proportions' }, rowsOfSeeds([1]))).rejects.toThrow(/k and n in every row/);
});

test('a claim that is not complete is refused', () => {
  const declare = (change: object, estimate?: () => number) => () =>
    imported(ELSEWHERE, { ...SPEC, ...change }, estimate);
  expect(declare({ statement: ' ' })).toThrow(/no statement/);
  expect(declare({ id: 'a b' })).toThrow(/no id/);
  expect(declare({ design: 'crossed' })).toThrow(/no design/);
  expect(declare({ arms: { rl: 'rl' } })).toThrow(/1 arms \(rl\)/);
  expect(declare({ design: 'unpaired' }, () => 1)).toThrow(/with an estimate/);
});
