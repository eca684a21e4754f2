import { expect, test } from 'vitest';
import { baseMeasureContract, measureContract } from '../testing/measure.ts';
import { rl } from '../train/arms.ts';
import { smallPlans } from '../world/plans/small.test.helper.ts';
import { drawWorld } from '../world/plans/world.ts';
import { planQuality } from './measures/plan-quality.ts';
import { planTranscript } from './measures/plan-transcript.ts';
import { plans } from './measures/plans.ts';

const worlds = [{}, { depth: 2 }, { planners: 0 }].map((knobs) => drawWorld(smallPlans(knobs), 5));

for (const world of worlds) {
  measureContract(plans, {
    world,
    arm: rl({ skill: 0 }),
    unchanged: ({ groups }) => groups.every(({ base, tuned }) => JSON.stringify(base) === JSON.stringify(tuned)),
  });
  measureContract(planTranscript, {
    world,
    arm: rl({ skill: 0 }),
    unchanged: (said) => said.every(({ before, after }) => JSON.stringify(before) === JSON.stringify(after)),
  });
  baseMeasureContract(planQuality, { world });
}

test('a reading of another world is found', () => {
  const [world] = worlds;
  const numbers = { following: 0.3, use: 0, information: 1, entropy: 1, accuracy: 1 };
  const group = { who: 'target', told: 'spoken', characters: 1, base: numbers, tuned: numbers } as const;
  const fault = (goals: number) => plans.fault?.({ data: { goals, groups: [group] } }, world!, rl({ skill: 0 }));
  expect(fault(9)).toMatchObject({ field: 'goals', expected: '3', got: 9 });
  expect(fault(3)).toMatchObject({ field: 'groups', got: '1 target, spoken' });
});
