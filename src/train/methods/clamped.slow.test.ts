import { expect, test } from 'vitest';
import { InputError } from '../../core/errors.ts';
import { stream } from '../../core/rng.ts';
import { onnxCpu } from '../../engine/engines/onnx-cpu.ts';
import { Programs } from '../../engine/programs.ts';
import { loadEngine } from '../../engine/select.ts';
import { nextTokenLogProbabilities } from '../../model/inference.ts';
import { architectureOf, initialParameters, layoutOf } from '../../model/parameters.ts';
import { methodContract } from '../../testing/method.ts';
import { everyKnob } from '../../world/characters/every-knob.test.helper.ts';
import { drawWorld } from '../../world/characters/world.ts';
import { worlds } from '../../world/index.ts';
import { type Arm, armName } from '../arm.ts';
import { rl, sdft, sft } from '../arms.ts';
import { scaled } from '../batch.ts';
import { endsAs, methodOf, optionsOf } from '../check.ts';
import { tune } from '../tune.ts';
import { clamped, clampedMethods } from './clamped.ts';
import { methods } from './index.ts';

const plain = [sdft(), sft({ skill: 0.5 }), rl({ skill: 1, rehearsal: 1 })];
const arms = plain.map((of) => clamped(of));

for (const [i, method] of clampedMethods.entries())
  methodContract(method, { arms: [arms[i] as Arm], setup: everyKnob, worlds });

test('it takes the steps of the same arm without a clamp', () => {
  expect(arms.map((arm) => endsAs(methodOf(arm, methods), arm))).toEqual(plain);
});

const world = drawWorld(everyKnob, 3);

test.each([
  ['documents', 'documents'],
  ['questions', 'questions'],
  ['bystander', 'documents-bystander-own'],
] as const)('on %s the lesson %s is held, beside what the method draws, and neither moves the other', (on, lesson) => {
  const drawn = (arm: Arm) => {
    const method = methodOf(arm, methods);
    return method.draws({ world, arm, options: optionsOf(method, arm), seed: 5 })();
  };
  const arm = clamped(sdft(), { on, weight: 3 });
  const rng = stream(5, 'held', armName(arm));
  const { rehearsalSequences } = everyKnob.tuning;
  expect(drawn(arm).near).toEqual(scaled(world.batch(lesson, 0, rng, rehearsalSequences), 3));
  const { near: _, ...rest } = drawn(arm);
  const batch = scaled(world.batch('documents', 0, stream(5, 'batch', armName(arm)), everyKnob.tuning.batch), 1);
  expect(rest).toEqual({ batch });
});

test('what is held stays nearer to the base than without, as far as it is held', async () => {
  const programs = new Programs(await loadEngine(onnxCpu));
  const architecture = architectureOf(world);
  const base = initialParameters(layoutOf(architecture), stream(1, 'init')).map((x) => 3 * x);
  const held = world.batch('documents', 0, stream(7, 'held'), 16);
  const logpOf = (network: Float32Array) =>
    nextTokenLogProbabilities(programs, architecture, network, held, world.setup.model.context - 1);
  const was = await logpOf(base);
  const distance = async (arm: Arm): Promise<number> => {
    const options = { learningRate: 3e-3, steps: 40 };
    const of = { ...arm, options: { ...arm.options, ...options } };
    const [run] = await tune(programs, [{ world, base, seed: 3, method: methodOf(of, methods), arm: of }]);
    const is = await logpOf(run?.parameters as Float32Array);
    const { vocabulary: V } = architecture;
    return held.weights.reduce((sum, weight, i) => {
      if (weight === 0) return sum;
      const at = (logp: Float32Array) => logp.subarray(i * V, (i + 1) * V);
      return sum + at(was).reduce((kl, p, v) => kl + Math.exp(p) * (p - (at(is)[v] as number)), 0);
    }, 0);
  };
  const [free, weak, strong] = [
    await distance(sft({ skill: 1 })),
    await distance(clamped(sft({ skill: 1 }), { weight: 0.1 })),
    await distance(clamped(sft({ skill: 1 }), { weight: 30 })),
  ];
  expect(weak).toBeLessThan(free);
  expect(strong).toBeLessThan(0.5 * weak);
});

test('an arm is not held near its base twice', () => {
  const arm = clamped(sdft({ bystanderKl: 1 }));
  const method = methodOf(arm, methods);
  expect(() => method.draws({ world, arm, options: optionsOf(method, arm), seed: 5 })).toThrow(InputError);
});
