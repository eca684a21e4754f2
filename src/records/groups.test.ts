import { expect, test } from 'vitest';
import { armName } from '../train/arm.ts';
import { byArm, byArmOverTargets, isPlain, perReplicate } from './groups.ts';
import { readRecords } from './read.ts';

const { runs, methods } = readRecords('reports/published');
const own = runs.filter(({ arm }) => arm.method === 'sdft' && armName(arm) === 'sdft s=0 rehearsal=0');
const twice = [...own, ...own.map((run) => ({ ...run, arm: { ...run.arm, target: 1 } }))];

test('arms at several targets are one arm over targets, with a run each', () => {
  expect(byArm(twice, methods)).toHaveLength(2);
  const [all, ...others] = byArmOverTargets(twice, methods);
  expect(others).toEqual([]);
  expect(all?.arm).toEqual({ method: 'sdft', skill: 0, rehearsal: 0 });
  expect(all?.runs).toHaveLength(2 * own.length);
});

test('a replicate has one number, the mean of its runs that have any; none where none has', () => {
  const of = [
    { seed: 1, value: 1 },
    { seed: 2, value: undefined },
    { seed: 1, value: 2 },
    { seed: 3, value: 5 },
    { seed: 3, value: undefined },
  ];
  expect(perReplicate(of, ({ value }) => value)).toEqual([1.5, 5]);
});

test('a plain arm has no options, no repetition and no arm before it', () => {
  const arm = { method: 'rl', skill: 1, rehearsal: 1, target: 1 };
  expect(isPlain({ arm })).toBe(true);
  for (const more of [{ options: { rank: 4 } }, { again: 1 }, { after: arm }])
    expect(isPlain({ arm: { ...arm, ...more } })).toBe(false);
});
