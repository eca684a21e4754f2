import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { HERE } from '../project/here.test.helper.ts';
import { rl, sdft, sft } from '../train/arms.ts';
import { BUILT_IN } from './built-in.ts';
import { secondsOf } from './cost.ts';
import { runsOfLineage } from './redo.ts';
import { checkShard } from './shard.ts';
import { lineagesIn, planDigest, shardIn, shardsOf, studiesOf } from './shards.ts';

const work = (costs: readonly number[]) =>
  costs.map((seconds, i) => ({ name: `lineage ${i}`, seconds })).sort((a, b) => b.seconds - a.seconds);
const loadsOf = (all: ReturnType<typeof work>, count: number): number[] => {
  const of = shardsOf(all, count);
  return Array.from({ length: count }, (_, i) =>
    all.reduce((sum, { seconds }, at) => sum + (of[at] === i + 1 ? seconds : 0), 0),
  );
};

test('every lineage is in one shard, and no shard has more than its share and what one lineage takes', () => {
  const costs = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(costs, fc.integer({ min: 1, max: 40 }), (seconds, count) => {
      const all = work(seconds);
      const [total, most] = [seconds.reduce((a, b) => a + b, 0), Math.max(...seconds)];
      const loads = loadsOf(all, count);
      expect(loads.reduce((a, b) => a + b, 0)).toBeCloseTo(total, 6);
      expect(Math.max(...loads)).toBeLessThanOrEqual(1.02 * (total / count) + most + 1e-6);
      expect(shardsOf(all, count)).toEqual(shardsOf(all, count));
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('with many lineages of like cost shards are even, and most stay where they are when there is one shard more or a lineage more', () => {
  const all = work(Array.from({ length: 400 }, (_, i) => 100 + (i % 7)));
  const loads = loadsOf(all, 8);
  expect(Math.max(...loads) / Math.min(...loads)).toBeLessThan(1.15);
  const moved = (others: ReturnType<typeof work>, count: number): number => {
    const [was, is] = [shardsOf(all, 8), shardsOf(others, count)];
    const now = new Map(others.map(({ name }, i) => [name, is[i]]));
    return all.filter(({ name }, i) => now.get(name) !== was[i]).length / all.length;
  };
  // By the place in the list, or by turns, nearly all would move.
  expect(moved(all, 9)).toBeLessThan(0.3);
  expect(moved(work([...all.map(({ seconds }) => seconds), 99]), 8)).toBeLessThan(0.05);
});

const setup = HERE.setups['charactersSmall'] ?? expect.unreachable();
const lineage = (seed: number) => ({ catalog: BUILT_IN, setup, seed, engine: 'onnx:cpu', asked: [] });
const ARMS = [sdft(), rl({ skill: 1 })];
const runs = [1, 2, 3].flatMap((seed) => runsOfLineage(lineage(seed), seed === 3 ? [sft({ skill: 0 })] : ARMS));

test('runs of one base stay together, and become studies by the arms that they ask for', () => {
  const lineages = lineagesIn(runs);
  expect(lineages.map(({ seed, runs: own }) => [seed, own.length]).sort()).toEqual([
    [1, 3],
    [2, 3],
    [3, 2],
  ]);
  const studies = studiesOf(lineages).map(({ seeds, arms }) => [[...seeds].sort(), arms.length]);
  expect(studies).toEqual(
    expect.arrayContaining([
      [[1, 2], 2],
      [[3], 1],
    ]),
  );
  const shards = [1, 2].flatMap((index) => shardIn(lineages, { index, count: 2 }));
  expect(shards.map(({ seed }) => seed).sort()).toEqual([1, 2, 3]);
});

test('a plan is known by its runs, in whatever order, and by their code and setups', () => {
  const digest = planDigest(lineagesIn(runs));
  expect(planDigest(lineagesIn(runs.toReversed()))).toBe(digest);
  expect(planDigest(lineagesIn(runs.slice(1)))).not.toBe(digest);
  const other = { ...setup, pretraining: { ...setup.pretraining, steps: setup.pretraining.steps + 1 } };
  const changed = runs.map(({ lineage: each, arm }) => ({ lineage: { ...each, setup: other }, arm }));
  expect(planDigest(lineagesIn(changed))).not.toBe(digest);
});

test('RL of a skill is dearer than documents, and a base dearer than either', () => {
  const [base, documents, skill] = runsOfLineage(lineage(1), ARMS).map(secondsOf) as [number, number, number];
  expect(documents).toBeLessThan(skill);
  expect(skill).toBeLessThan(base);
  const [, more] = runsOfLineage(lineage(1), [rl({ skill: 1, rollouts: 1024 })]).map(secondsOf);
  expect(more).toBeGreaterThan(4 * skill);
});

test.each([
  [0, 4],
  [5, 4],
  [1.5, 4],
  [1, 0],
  [Number.NaN, 4],
  [1, Number.NaN],
])('there is no shard %s of %s', (index, count) => {
  expect(() => checkShard({ index, count }, 'a test')).toThrow(InputError);
});
