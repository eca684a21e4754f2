import { describe, expect, test } from 'vitest';
import type { Observation } from '../../lab/keys.ts';
import { byArmOverTargets } from '../../records/groups.ts';
import type { MethodFacts } from '../../records/schema.ts';
import type { Arm } from '../../train/arm.ts';
import { belief, frontier } from './against.ts';
import { apart } from './apart.ts';
import { priced } from './arms.ts';
import { doseResponse, MEASURES } from './dose.ts';
import { learning } from './learning.ts';

const methods: MethodFacts[] = [
  { id: 'sdft', label: 'SDFT', skilled: false, leveled: true },
  { id: 'rl', label: 'RL', skilled: true, leveled: true },
  { id: 'random-reward', label: 'RL, random rewards', skilled: true, leveled: false },
];
const rl: Arm = { method: 'rl', skill: 1, rehearsal: 0 };
const sdft: Arm = { method: 'sdft', skill: 0, rehearsal: 0 };
const ARMS: readonly Arm[] = [
  ...[sdft, rl, { ...rl, skill: 0 }, { ...rl, method: 'random-reward' }],
  ...[0.05, 1].map((rehearsal) => ({ ...rl, rehearsal })),
  ...[{ bystanderKl: 1 }, { learningRate: 0.001 }, { bystanderKl: 1, rank: 4 }].map((options) => ({ ...rl, options })),
  ...[
    { ...rl, again: 1 },
    { ...sdft, after: rl },
  ],
];

/** A run whose numbers differ by target: 0.2 at the first, 0.4 at the second, and by replicate. */
function run(arm: Arm, seed: number, target: number): Observation {
  const value = 0.2 * (1 + target) + 0.01 * seed;
  const group = { cells: 2, spreadCells: 2, topic: 'same', family: 'same', tv: value, damage: value, spread: value };
  return {
    ...{ seed, arm: { ...arm, ...(target > 0 && { target }) }, bystanders: [group], reached: target === 0, steps: 10 },
    ...{ target: { trainedBefore: 0, trainedAfter: 0.5 + value }, text: { beliefBefore: 1, beliefAfter: 1 + value } },
    trajectory: [0, 1, 9].map((step) => ({ step, success: step / 10, loss: 0 })),
  } as object as Observation;
}

const runs = ARMS.flatMap((arm) => [0, 1, 2].flatMap((seed) => [0, 1].map((target) => run(arm, seed, target))));
const arms = byArmOverTargets(runs, methods);
const dose = doseResponse(arms, methods, MEASURES[0] as (typeof MEASURES)[number]);
const marks = (svg: string, tag: string): number => svg.match(new RegExp(`<${tag}[ >]`, 'g'))?.length ?? 0;

describe('of arms at two targets', () => {
  test('every figure has a row an arm, whose numbers are means over targets, as many as there are replicates', () => {
    expect(new Set(dose.rows.map(([arm]) => arm)).size).toBe(ARMS.length);
    expect(dose.rows).toHaveLength(ARMS.length);
    expect(dose.rows[0]?.slice(1)).toEqual([expect.stringMatching(/^0\.31 \[/), '3', '0: 0.3, 1: 0.31, 2: 0.32']);
    for (const figure of [frontier(arms, methods), belief(arms, methods)]) {
      expect(figure.rows.map(([, n]) => n)).toEqual(ARMS.map(() => '3'));
      expect(figure.rows[0]?.[2]).toMatch(/^0\.81 \[/);
    }
    expect(frontier(arms, methods).rows[0]?.[3]).toMatch(/^0\.31 \[/);
  });

  test('learning curves are a panel an arm and a line a run, and tell how many of the runs reached their level', () => {
    const figure = learning(arms, methods);
    expect(figure?.rows).toHaveLength(ARMS.length);
    expect(figure?.rows[0]).toEqual(['SDFT', '3', '3 of 6', '10 [10, 10]', '0.9 [0.9, 0.9]']);
    for (const name of ['SDFT', 'RL, s = 0', 'RL, s = 1']) expect(figure?.svg).toContain(`>${name}</text>`);
    expect(figure?.svg).not.toMatch(/(rehearsal|after|random rewards)[^<]*<\/text>/);
    expect(
      learning(
        byArmOverTargets(
          runs.filter(({ arm }) => arm.rehearsal > 0),
          methods,
        ),
        methods,
      ),
    ).toBeUndefined();
  });
});

test('dose and response draws arms without options, repetition or an arm before, and a rehearsal of several s', () => {
  // A shape a replicate of four arms without rehearsal, and a dot for the mean of the two of a single s.
  const drawn = (of: Observation[]): number =>
    marks(doseResponse(byArmOverTargets(of, methods), methods, MEASURES[0] as (typeof MEASURES)[number]).svg, 'path');
  const plain = runs.filter(
    ({ arm }) => arm.options === undefined && arm.again === undefined && arm.after === undefined,
  );
  expect(drawn(plain.filter(({ arm }) => arm.rehearsal === 0))).toBe(drawn(runs));
  const rehearsed = plain.flatMap((each) =>
    each.arm.skill === 0 && each.arm.method === 'rl' ? [{ ...each, arm: { ...each.arm, rehearsal: 1 } }] : [],
  );
  expect(drawn([...runs, ...rehearsed])).toBeGreaterThan(drawn(runs));
});

test('the frontier names arms that differ in how much they hold the others, and all plain ones where none does', () => {
  const series = priced(arms).map(({ arm }) => [arm.method, arm.skill, arm.rehearsal, arm.options?.['bystanderKl']]);
  expect(series).toEqual([
    ['rl', 1, 0, undefined],
    ['rl', 1, 0, 1],
    ['rl', 1, 0.05, undefined],
    ['rl', 1, 1, undefined],
  ]);
  const { svg } = frontier(arms, methods);
  for (const name of ['RL, s = 1', 'RL, s = 1, rehearsal 0.05', 'RL, s = 1, rehearsal 1', 'RL, s = 1, bystander KL 1'])
    expect(svg).toContain(`>0.31 ${name}</text>`);
  expect(svg).not.toMatch(/ SDFT<|learning rate/);
  const free = byArmOverTargets(
    runs.filter(({ arm }) => arm.rehearsal === 0 && arm.options === undefined),
    methods,
  );
  expect(frontier(free, methods).svg).toContain('>0.31 SDFT</text>');
});

test('names stand as far apart as is asked for, in the order of their heights, and under the top', () => {
  expect(apart([0.5, 0.1, 0.52], 0.1, 1)).toEqual([0.5, 0.1, 0.6]);
  const full = apart([0.9, 1, 0.95], 0.1, 1);
  for (const [i, height] of [0.8, 1, 0.9].entries()) expect(full[i]).toBeCloseTo(height, 9);
});
