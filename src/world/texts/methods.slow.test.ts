import { methodContract } from '../../testing/method.ts';
import { nullArm, rl, sdft, sft } from '../../train/arms.ts';
import { methods } from '../../train/methods/index.ts';
import { randomReward } from '../../train/methods/random-reward.ts';
import { texts } from './index.ts';
import { smallTexts } from './small.test.helper.ts';

// Methods train on real text as on characters, each with and without rehearsal of the other varieties.

for (const arms of [
  [sdft(), sdft({ rehearsal: 1 })],
  [sft({ skill: 1 }), sft({ skill: 0.5, rehearsal: 1 })],
  [rl({ skill: 1 }), rl({ skill: 1, rehearsal: 1 })],
  [nullArm(), nullArm({ rehearsal: 1 })],
  [randomReward({ skill: 1 }), randomReward({ skill: 1, rehearsal: 1 })],
])
  for (const method of methods.filter(({ id }) => id === arms[0]?.method))
    methodContract(method, { arms, setup: smallTexts, worlds: [texts] });
