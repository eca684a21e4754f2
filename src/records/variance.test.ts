import { expect, test } from 'vitest';
import type { Observation } from '../lab/keys.ts';
import { AT } from '../world/characters/places.ts';
import { varianceShares } from './variance.ts';

const methods = [{ id: 'rl', label: 'RL', skilled: true, leveled: true }];
const rl = { method: 'rl', skill: 1, rehearsal: 0 };
const sign = (index: number): number => (index === 0 ? -1 : 1);

/** A run whose spread on the target's topic has planted parts of base, target and run, and whose drift has one of the base alone. */
function run(seed: number, target: number, again: number, arm: Observation['arm'] = rl): Observation {
  const part = Math.sqrt(0.035) * sign(seed) + Math.sqrt(0.02) * sign(target) + 0.1 * sign(again);
  const place = { predictions: 4, kl: 0, damage: 0, room: 0.5 };
  const end = [
    { ...place, tags: AT.sameTopic, open: 4, spread: 0.3 + part, tv: 0.5 + 0.1 * sign(seed) },
    { ...place, tags: AT.otherTopics, open: 0, spread: 0, tv: 0.2 },
  ];
  const which = { ...(target > 0 && { target }), ...(again > 0 && { again }) };
  return { seed, arm: { ...arm, ...which }, places: { end, curve: null } } as object as Observation;
}

const each = [0, 1].flatMap((seed) => [0, 1].flatMap((target) => [0, 1].map((again) => run(seed, target, again))));

test('planted components are told as shares, of every number that varies; a place without predictions has none', () => {
  expect(varianceShares(each, methods)).toEqual([
    {
      ...{ arm: rl, method: methods[0], number: 'spread, its topic', replicates: 2, targets: 2, runs: 2 },
      ...{ base: expect.closeTo(0.5, 9), target: expect.closeTo(0.3, 9), run: expect.closeTo(0.2, 9) },
      sd: expect.closeTo(Math.sqrt(0.1), 9),
    },
    expect.objectContaining({ number: 'total variation, its topic', base: 1, target: 0, run: 0 }),
  ]);
});

test('replicates that lack a run are left out, and so is an arm that was not repeated at every target', () => {
  expect(varianceShares([...each, run(2, 0, 0), run(2, 1, 0), run(2, 0, 1)], methods)).toEqual(
    varianceShares(each, methods),
  );
  const once = each.filter(({ arm }) => arm.again === undefined || arm.target === undefined);
  expect(varianceShares(once, methods)).toEqual([]);
  const dial = { ...rl, skill: 0 };
  const others = [0, 1].flatMap((seed) => [0, 1].map((target) => run(seed, target, 0, dial)));
  expect(varianceShares([...others, ...each], methods).map(({ arm }) => arm.skill)).toEqual([1, 1]);
});
