import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { stream } from '../core/rng.ts';
import { type Engine, floats } from '../engine/engine.ts';
import { tfjsCpu } from '../engine/engines/tfjs-cpu.ts';
import { Programs } from '../engine/programs.ts';
import { loadEngine } from '../engine/select.ts';
import { everyEngine, relative } from '../engine/usable.test.helper.ts';
import { loadSetup, worldOf } from '../lab/setup.ts';
import { greedyAnswers, greedyAnswersOfEach, nextTokenLogProbabilities } from '../model/inference.ts';
import { architectureOf, initialParameters, layoutOf } from '../model/parameters.ts';
import { worlds } from '../world/index.ts';
import type { Batch } from '../world/world.ts';
import { examplesOf, scaled } from './batch.ts';
import { Learner } from './learner.ts';
import { languageSteps } from './steps.ts';

// What every engine must do alike, beside the steps of methods, which methods/methods.slow.test.ts compares. Why an engine cannot be
// used here is told in testing/engine.mocked.test.ts.

const world = worldOf(loadSetup('fixtures/setups/small.json', worlds), 3, worlds);
const architecture = architectureOf(world);
const { prompt: T, answer: m } = world.lengths;
const adam = { beta1: 0.9, beta2: 0.98, clip: 1, weightDecay: 0.1 };
const reference = await loadEngine(tfjsCpu);
const { usable } = await everyEngine();
const fresh = (seed: number): Float32Array => initialParameters(layoutOf(architecture), stream(seed, 'init'));
const batchOf = (seed: number): Batch => scaled(world.batch('pretraining', 0, stream(seed, 'contract'), 8), 1);
const prompts = world.rollouts(stream(2, 'prompts'), 8);

/** Losses and parameters of 50 steps on batches 1 .. 50. */
async function fiftySteps(engine: Engine): Promise<{ losses: number[]; parameters: Float32Array }> {
  const programs = new Programs(engine);
  const learner = new Learner([fresh(1)], [adam.beta1, adam.beta2]);
  const stepOn = languageSteps(programs, architecture, adam);
  const losses: number[] = [];
  for (let step = 1; step <= 50; step++) {
    const { program, feeds } = await stepOn([batchOf(step)]);
    losses.push(floats(await learner.step(program, [3e-3], feeds), 'loss')[0] as number);
  }
  const [parameters] = (await learner.networks()) as [Float32Array];
  learner.dispose();
  await programs.dispose();
  return { losses, parameters };
}

/** log p of all next tokens of network 1. */
const logpOf = (programs: Programs, size: number, tokens: Int32Array): Promise<Float32Array> =>
  nextTokenLogProbabilities(programs, architecture, fresh(1), { size, tokens }, tokens.length / size - 1);

const wanted = {
  fifty: await fiftySteps(reference),
  answers: await greedyAnswers(new Programs(reference), architecture, fresh(1), prompts, m),
  logp: await logpOf(new Programs(reference), 8, batchOf(1).tokens),
};

describe.each(usable)('$id', (engine) => {
  test('fifty optimiser steps stay together with the reference', async () => {
    const { losses, parameters } = await fiftySteps(engine);
    expect(relative(losses, wanted.fifty.losses)).toBeLessThan(1e-4);
    expect(relative(parameters, wanted.fifty.parameters)).toBeLessThan(1e-2);
    expect(losses.at(-1) as number).toBeLessThan(0.7 * (losses[0] as number));
  });

  test('greedy answers and log-probabilities are those of the reference', async () => {
    const programs = new Programs(engine);
    expect(await greedyAnswers(programs, architecture, fresh(1), prompts, m)).toEqual(wanted.answers);
    const logp = await logpOf(programs, 8, batchOf(1).tokens);
    expect(relative(logp, wanted.logp)).toBeLessThan(1e-5);
    await programs.dispose();
  });

  test('greedy answers with the cache are the arg max of the full forward pass', async () => {
    const programs = new Programs(engine);
    const answers = await greedyAnswers(programs, architecture, fresh(1), prompts, m);
    const tokens = new Int32Array(8 * (T + m));
    for (let b = 0; b < 8; b++) {
      tokens.set(prompts.tokens.subarray(b * T, (b + 1) * T), b * (T + m));
      tokens.set(answers.subarray(b * m, (b + 1) * m), b * (T + m) + T);
    }
    const logp = await logpOf(programs, 8, tokens);
    const V = architecture.vocabulary;
    const best = Int32Array.from({ length: 8 * m }, (_, i) => {
      const row = Math.floor(i / m) * (T + m - 1) + T - 1 + (i % m);
      const at = logp.subarray(row * V, (row + 1) * V);
      return at.indexOf(Math.max(...at));
    });
    expect(answers).toEqual(best);
    await programs.dispose();
  });

  test('a later token never changes an earlier prediction, by not a bit', async () => {
    const programs = new Programs(engine);
    const { tokens } = batchOf(5);
    const changed = tokens.slice();
    const [L, V] = [architecture.context, architecture.vocabulary];
    for (const row of [0, 1]) changed[row * L + 5] = ((tokens[row * L + 5] as number) + 1) % V;
    const of = (all: Int32Array) => logpOf(programs, 2, all.slice(0, 2 * L));
    const [a, b] = [await of(tokens), await of(changed)];
    for (const row of [0, 1]) {
      const start = row * (L - 1) * V;
      expect(a.slice(start, start + 5 * V)).toEqual(b.slice(start, start + 5 * V));
      expect(a.slice(start + 5 * V, start + 6 * V)).not.toEqual(b.slice(start + 5 * V, start + 6 * V));
    }
    await programs.dispose();
  });

  test('the answers of eight networks in one program are those of each alone', async () => {
    const programs = new Programs(engine);
    const sets = Array.from({ length: 8 }, (_, r) => world.rollouts(stream(r, 'prompts'), 8));
    const all = Float32Array.from(sets.flatMap((_, r) => [...fresh(r + 1)]));
    const answers = await greedyAnswersOfEach(programs, architecture, all, sets, m);
    for (const [r, set] of sets.entries())
      expect(answers[r]).toEqual(await greedyAnswers(programs, architecture, fresh(r + 1), set, m));
    await programs.dispose();
  });

  test('a learning rate of zero freezes one replicate and leaves its neighbours training', async () => {
    const programs = new Programs(engine);
    const learner = new Learner([fresh(1), fresh(2)], [adam.beta1, adam.beta2]);
    const { program, feeds } = await languageSteps(programs, architecture, adam)([batchOf(1), batchOf(2)]);
    for (let step = 0; step < 3; step++) await learner.step(program, [0, 1e-2], feeds);
    const [frozen, trained] = (await learner.networks()) as [Float32Array, Float32Array];
    expect(frozen).toEqual(fresh(1));
    expect(relative(trained, fresh(2))).toBeGreaterThan(1e-3);
    learner.dispose();
    await programs.dispose();
  });

  test('steps and answers leave no tensor behind', async () => {
    const programs = new Programs(engine);
    const learner = new Learner([fresh(1)], [adam.beta1, adam.beta2]);
    const { program, feeds } = await languageSteps(programs, architecture, adam)([batchOf(1)]);
    const round = async (): Promise<number> => {
      await learner.step(program, [1e-2], feeds);
      await greedyAnswersOfEach(programs, architecture, learner.parameters, [prompts], m);
      return tf.memory().numTensors;
    };
    await round();
    expect(await round()).toBe(await round());
    learner.dispose();
    await programs.dispose();
  });
});

test('replicates of other sizes are refused', async () => {
  expect(() => new Learner([fresh(1), fresh(1).slice(1)], [0.9, 0.9])).toThrow(/different sizes/);
  const rehearsal = scaled(world.batch('rehearsal', 0, stream(2, 'rehearsal'), 4), 1);
  expect(() => examplesOf([rehearsal, batchOf(1)])).toThrow(/as many sequences/);
});
