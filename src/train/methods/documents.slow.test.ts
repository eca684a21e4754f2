import { expect, test } from 'vitest';
import { stream } from '../../core/rng.ts';
import { methodContract } from '../../testing/method.ts';
import { everyKnob } from '../../world/characters/every-knob.test.helper.ts';
import { drawWorld } from '../../world/characters/world.ts';
import { worlds } from '../../world/index.ts';
import { type Arm, armName } from '../arm.ts';
import { continued, rl, sdft, sdftOn, sft, sftOnOwn, sftOnVariety } from '../arms.ts';
import { scaled } from '../batch.ts';
import { checkArm, endsAs } from '../check.ts';
import { documentMethods } from './documents.ts';
import { methods } from './index.ts';

const contents = ['neutral', 'opposite', 'own', 'bystander', 'nobody', 'bystander-own'] as const;
const controlsWith = (of: Parameters<typeof sdftOn>[1]): Arm[] => [
  ...contents.map((content) => sdftOn(content, of)),
  sftOnOwn(of),
  sftOnVariety(of),
  ...(['questions', 'all', 'only'] as const).map((content) => sdftOn(content, of)),
];
const controls = controlsWith({});
// Documents without a name are not in this world.
const methodsHere = documentMethods.filter(({ id }) => id !== 'sdft-general');
// What goes on for the steps of another arm, beside those of the other files of this folder.
const others = [continued({ skill: 1 }), sdft({ stepsOfRl: 1 }), sft({ skill: 0.5, stepsOfRl: 1 })];

for (const arm of [...controls, ...others])
  methodContract(checkArm(arm, methods), { arms: [arm], setup: everyKnob, worlds });

test('each method of other documents draws those of its lesson, by a stream of its own', () => {
  const world = drawWorld(everyKnob, 3);
  expect(methodsHere.map(({ id }) => id)).toEqual(controls.map(({ method }) => method));
  for (const [i, method] of methodsHere.entries()) {
    const [arm, lesson] = [controls[i] as Arm, method.needs[0] as 'questions'];
    const { batch } = method.draws({ world, arm, options: {}, seed: 5 })();
    const rng = stream(5, 'batch', armName(arm));
    expect(batch).toEqual(scaled(world.batch(lesson, 0, rng, everyKnob.tuning.batch), 1));
  }
});

test('what cannot reach the level ends as SDFT or SFT(1) with as much rehearsal does, or as RL where it is told to', () => {
  const ends = (of: Parameters<typeof sdftOn>[1]): (Arm | undefined)[] =>
    controlsWith(of).map((arm) => endsAs(checkArm(arm, methods), arm));
  const leveled = ['questions', 'all', 'only'].map(() => undefined);
  const follow = controls.slice(1 + leveled.length).map(() => sdft({ rehearsal: 2 }));
  expect(ends({ rehearsal: 2 })).toEqual([...follow, sft({ skill: 1, rehearsal: 2 }), ...leveled]);
  expect(ends({ rehearsal: 2, stepsOfRl: 1 })).toEqual(controls.map(() => rl({ skill: 1, rehearsal: 2 })));
});
