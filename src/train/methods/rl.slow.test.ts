import { expect, test } from 'vitest';
import { stream } from '../../core/rng.ts';
import { onnxCpu } from '../../engine/engines/onnx-cpu.ts';
import { Programs } from '../../engine/programs.ts';
import { loadEngine } from '../../engine/select.ts';
import { loadSetup, worldOf } from '../../lab/setup.ts';
import { greedyAnswers } from '../../model/inference.ts';
import { architectureOf, initialParameters, layoutOf } from '../../model/parameters.ts';
import { worlds } from '../../world/index.ts';
import type { Texts } from '../../world/world.ts';
import { rl } from '../arms.ts';
import { optionsOf } from '../check.ts';
import { Learner } from '../learner.ts';
import { method } from './rl.ts';

const setup = loadSetup('fixtures/setups/small.json', worlds);
const world = worldOf(setup, 3, worlds);
const architecture = architectureOf(world);
// Sharp enough for samples to be the greedy answers.
const base = initialParameters(layoutOf(architecture), stream(1, 'init')).map((value) => 40 * value);
const programs = new Programs(await loadEngine(onnxCpu));
const { answer: m } = world.lengths;

/** The mean pay of one step of as many rollouts, and the share of right tokens and of right answers among greedy answers. */
async function paid(
  reward: 'token' | 'answer',
  rollouts: number,
): Promise<{ pay: number; tokens: number; answers: number }> {
  const arm = rl({ skill: 1, reward, rollouts, temperature: 0.1 });
  const options = optionsOf(method, arm);
  const draw = method.draws({ world, arm, options, seed: 2 })();
  const { program, feeds } = await method.steps({ programs, architecture, world, options, bases: [base] })([draw]);
  const prompts: Texts = { size: rollouts, tokens: draw.feeds?.['prompts'] as Int32Array };
  const answers = await greedyAnswers(programs, architecture, base, prompts, m);
  // The wanted tokens are fed: half of them the greedy answers', so that some tokens and some answers are right.
  const wanted = answers.map((token, i) =>
    i % (2 * m) < m || i % m === 0 ? token : (token + 1) % architecture.vocabulary,
  );
  const learner = new Learner([base], [0.9, 0.98]);
  const outputs = await learner.step(program, [0], { ...feeds, wanted });
  learner.dispose();
  const right = answers.map((token, i) => Number(token === wanted[i]));
  const whole = Array.from({ length: rollouts }, (_, b) =>
    Number(right.subarray(b * m, (b + 1) * m).every((hit) => hit === 1)),
  );
  const mean = (of: ArrayLike<number>): number => Array.from(of).reduce((sum, each) => sum + each, 0) / of.length;
  return { pay: (outputs['reward'] as Float32Array)[0] as number, tokens: mean(right), answers: mean(whole) };
}

test('tokens are paid one by one, or all of an answer where all are right; as many rollouts as the arm says', async () => {
  const each = await paid('token', 32);
  expect(each.pay).toBeCloseTo(each.tokens, 2);
  const all = await paid('answer', 32);
  expect(all.answers).toBe(0.5);
  expect(all.pay).toBeCloseTo(all.answers, 2);
  expect(each.tokens).toBeGreaterThan(all.answers);
});
