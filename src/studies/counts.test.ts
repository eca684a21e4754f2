import { expect, test } from 'vitest';
import type { Item, Observation, StudyFacts } from './format.ts';
import { judged, unit } from './judged.test.helper.ts';
import { FACTS, rowsOfSeeds } from './small.test.helper.ts';

const ONE = rowsOfSeeds([1], 0).map((each) => ({ ...each, k: Math.round(each.value * 100) }));
const items = (hits: readonly [rl: number, sdft: number], of = 10, samples = 20): Item[] =>
  ['rl', 'sdft'].flatMap((arm, a) =>
    Array.from(
      { length: of * samples },
      (_, i): Item => ({
        ...{ replicate: 'run 1', arm, character: 'bob', probe: 'asked', metric: 'rate' },
        ...{ item: `item ${i % of}`, sample: Math.floor(i / of), value: i % of < (hits[a] as number) ? 1 : 0 },
      }),
    ),
  );
const bobs = ONE.filter(({ character }) => character === 'bob').map((each) => ({
  ...each,
  ...(each.arm === 'rl' ? { k: 80, n: 200, value: 0.4 } : { k: 20, n: 200, value: 0.1 }),
}));

test('proportions by Newcombe; trials of one item count for as many as they tell', async () => {
  const plain = await judged({ design: 'proportions' }, ONE, unit('item'));
  expect(plain.judgement).toMatchObject({ estimate: expect.closeTo(0.3, 12), verdict: 'supported', effectSize: null });
  expect(plain.arms[0]?.counts).toEqual({ k: 80, n: 200, effective: 200, clusters: null });
  expect(plain.warnings.join(' ')).toMatch(/trials are taken as independent/);
  // Ten items of twenty samples that all agree: ten answers, not two hundred.
  const clustered = await judged({ design: 'proportions' }, bobs, unit('item'), items([4, 1]));
  expect(clustered.arms[0]?.counts).toMatchObject({ k: 80, n: 200, effective: expect.closeTo(9, 6), clusters: 10 });
  expect(clustered.judgement).toMatchObject({ estimate: expect.closeTo(0.3, 12), verdict: 'inconclusive' });
  expect(clustered.sentence).toMatch(/80 of 200 and 20 of 200 trials, which are worth 9 and 9 independent ones/);
  expect(clustered.warnings.join(' ')).toMatch(/only 10 items or replicates/);
});

test('of several personas trials of one go together', async () => {
  const rows = rowsOfSeeds([1, 2, 3], 0).map((each, i) => {
    const k =
      each.character === 'alice' ? 90 : [90, 10, 30, 10, 80, 10][Math.floor(i / 6) * 2 + (each.arm === 'rl' ? 0 : 1)];
    return { ...each, k: k as number, value: (k as number) / 100 };
  });
  const evidence = await judged({ design: 'proportions' }, rows, unit('persona'));
  expect(evidence.arms[0]?.counts).toMatchObject({ n: 600, clusters: 3 });
  expect(evidence.arms[0]?.counts?.effective).toBeLessThan(20);
});

test.each<[string, readonly Observation[], StudyFacts, readonly Item[], RegExp]>([
  ['training runs', ONE, FACTS, [], /finetune runs, whose trials are not independent/],
  ['rows without hits', rowsOfSeeds([1]), unit('item'), [], /k and n in every row/],
  [
    'one item, however often',
    bobs,
    unit('item'),
    items([1, 0], 1, 200).map((each) => ({ ...each })),
    /hits and trials of its rows|at least two items/,
  ],
  ['items that contradict the rows', bobs, unit('item'), items([8, 1]), /80 of 200[\s\S]*160 of 200 by its items/],
  [
    'items that are no hits',
    bobs,
    unit('item'),
    items([4, 1]).map((each) => ({ ...each, value: 0.4 })),
    /hits \(1\), misses \(0\)/,
  ],
  [
    'items of one arm alone',
    bobs,
    unit('item'),
    items([4, 1]).filter(({ arm }) => arm === 'rl'),
    /items of every replicate/,
  ],
  [
    'items of another step',
    bobs,
    unit('item'),
    items([4, 1]).map((each) => ({ ...each, step: 7 })),
    /at the step that is read/,
  ],
  [
    'items of another replicate',
    bobs,
    unit('item'),
    items([4, 1]).map((each) => ({ ...each, replicate: 'run 2' })),
    /items of every replicate/,
  ],
])('no proportions are compared of %s', async (_what, rows, facts, of, said) => {
  await expect(judged({ design: 'proportions' }, rows, facts, of)).rejects.toThrow(said);
});
