import { expect, test } from 'vitest';
import { stream } from '../../core/rng.ts';
import { onnxCpu } from '../../engine/engines/onnx-cpu.ts';
import { Programs } from '../../engine/programs.ts';
import { loadEngine } from '../../engine/select.ts';
import { loadSetup, worldOf } from '../../lab/setup.ts';
import { greedyAnswers } from '../../model/inference.ts';
import { architectureOf, initialParameters, layoutOf } from '../../model/parameters.ts';
import { methodContract } from '../../testing/method.ts';
import { worlds } from '../../world/index.ts';
import { atTarget, repeated } from '../arm.ts';
import { rl, sft } from '../arms.ts';
import { methodOf } from '../check.ts';
import { agreement, type Tuned, tune } from '../tune.ts';
import { methods } from './index.ts';
import { method, sftOnRollouts } from './sft-rollouts.ts';

const setup = loadSetup('fixtures/setups/small.json', worlds);

methodContract(method, {
  arms: [sftOnRollouts({ skill: 1 }), sftOnRollouts({ skill: 0.5, rehearsal: 1, temperature: 2, bystanderKl: 0.5 })],
  setup,
  worlds,
});

const world = worldOf(setup, 3, worlds);
const architecture = architectureOf(world);
const layout = layoutOf(architecture);
const programs = new Programs(await loadEngine(onnxCpu));
const base = initialParameters(layout, stream(1, 'init'));
/** A setup in which runs from fresh networks come to an end. */
const quick = worldOf(
  { ...setup, tuning: { ...setup.tuning, steps: 400, learningRate: 5e-3, batch: 32, level: 0.85 } },
  3,
  worlds,
);

test('it comes to answer as its teacher does, whatever the trained behaviour is', async () => {
  const other = sft({ skill: 0 });
  const runs = { world: quick, base, seed: 3 };
  const [taught] = (await tune(programs, [{ ...runs, method: methodOf(other, methods), arm: other }])) as [Tuned];
  expect(taught.reached).toBe(true);
  const arm = sftOnRollouts({ skill: 1, learningRate: 5e-3, steps: 400 });
  const [own] = (await tune(programs, [{ ...runs, method, arm, teacher: taught.parameters }])) as [Tuned];
  const prompts = quick.rollouts(stream(5, 'prompts'), 64);
  const answersOf = (of: Float32Array) => greedyAnswers(programs, architecture, of, prompts, quick.lengths.answer);
  const wanted = await answersOf(taught.parameters);
  expect(agreement(await answersOf(base), wanted)).toBeLessThan(0.5);
  expect(agreement(await answersOf(own.parameters), wanted)).toBeGreaterThan(0.8);
});

test('its teacher is RL of its skill with its rehearsal, and no run of it begins without one', async () => {
  expect(method.teacher?.(sftOnRollouts({ skill: 0.5, rehearsal: 2, level: 0.5 }))).toEqual(
    rl({ skill: 0.5, rehearsal: 2 }),
  );
  const arm = repeated(atTarget(sftOnRollouts({ skill: 1 }), 1), 1);
  await expect(tune(programs, [{ world, base, method, arm, seed: 3 }])).rejects.toThrow(/needs the network/);
});
