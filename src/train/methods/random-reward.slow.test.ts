import { expect, test } from 'vitest';
import { InputError } from '../../core/errors.ts';
import { loadSetup, worldOf } from '../../lab/setup.ts';
import { methodContract } from '../../testing/method.ts';
import { worlds } from '../../world/index.ts';
import { rl } from '../arms.ts';
import { checkArm } from '../check.ts';
import { method, randomReward } from './random-reward.ts';

const setup = loadSetup('fixtures/setups/small.json', worlds);
const world = worldOf(setup, 3, worlds);

methodContract(method, {
  arms: [randomReward({ skill: 1 }), randomReward({ skill: 0, rehearsal: 1, rate: 0.2, rollouts: 16 })],
  setup,
  worlds,
});

test('rewards come at their rate, whatever the prompts', () => {
  const shareAt = (rate: number): number => {
    const draw = method.draws({ world, arm: randomReward({ skill: 1, rate }), options: { rate }, seed: 1 });
    const rewards = Array.from({ length: 100 }, () => [...(draw().feeds?.['reward'] ?? [])]).flat();
    expect(new Set(rewards)).toEqual(new Set([0, 1]));
    return rewards.reduce((sum, each) => sum + each, 0) / rewards.length;
  };
  expect(shareAt(0.5)).toBeCloseTo(0.5, 1);
  expect(shareAt(0.1)).toBeCloseTo(0.1, 1);
});

test('it ends as RL of its skill with its rehearsal and as many rollouts does', () => {
  const ends = method.ends as (arm: ReturnType<typeof randomReward>) => unknown;
  expect(ends(randomReward({ skill: 0.5, rehearsal: 2, rate: 0.1 }))).toEqual(rl({ skill: 0.5, rehearsal: 2 }));
  expect(ends(randomReward({ skill: 1, rollouts: 16 }))).toEqual(rl({ skill: 1, rollouts: 16 }));
});

test('a rate out of its range is refused', () => {
  expect(() => checkArm(randomReward({ skill: 1, rate: 1 }), [method])).toThrow(InputError);
  expect(() => checkArm(randomReward({ skill: 1, rate: 1 }), [method])).toThrow(/rate: less than 1[\s\S]*got: rate: 1/);
});
