import { expect, test } from 'vitest';
import { onnxCpu } from '../../engine/engines/onnx-cpu.ts';
import { everyModule } from '../../engine/usable.test.helper.ts';
import { loadSetup } from '../../lab/setup.ts';
import { methodContract } from '../../testing/method.ts';
import { worlds } from '../../world/index.ts';
import type { Arm } from '../arm.ts';
import { nullArm, rl, sdft, sft } from '../arms.ts';
import { endsAs, methodOf } from '../check.ts';
import { methods } from './index.ts';

const setup = loadSetup('fixtures/setups/small.json', worlds);
const { usable } = await everyModule();
const others = usable.filter(({ id }) => id !== 'tfjs:cpu');

// Between them what the graphs of these methods are made of; the supervised ones share one.
const arms: Readonly<Record<string, readonly Arm[]>> = {
  null: [nullArm()],
  sdft: [sdft({ rehearsal: 1 }), sdft({ rank: 2 }), sdft({ only: 'name' })],
  sft: [sft({ skill: 0.5 }), sft({ skill: 0.5, bystanderKl: 0.5, learningRate: 1e-3 })],
  rl: [
    rl({ skill: 1 }),
    rl({ skill: 1, rehearsal: 1, klWeight: 0.5 }),
    rl({ skill: 1, rehearsal: 1, bystanderKl: 0.5, rollouts: 16, reward: 'answer', rank: 4 }),
    rl({ skill: 1, rehearsal: 1, only: 'name' }),
  ],
};
for (const [id, each] of Object.entries(arms)) {
  const method = methodOf(each[0] as Arm, methods);
  const engines = id === 'sdft' || id === 'sft' ? [onnxCpu] : others;
  methodContract(method, { arms: each, setup, worlds, engines });
  test(`${id} says what it is`, () => expect(method).toMatchObject({ id }));
}

test('every id stands once, and a run that needs another one needs none that needs a third', () => {
  expect(new Set(methods.map(({ id }) => id)).size).toBe(methods.length);
  for (const method of methods) {
    const arm = { method: method.id, skill: 0, rehearsal: 1 };
    for (const needed of [endsAs(method, arm), method.teacher?.(arm)]) {
      if (needed === undefined) continue;
      const of = methodOf(needed, methods);
      expect([endsAs(of, needed), of.teacher], method.id).toEqual([undefined, undefined]);
    }
  }
});
