import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { stream } from '../core/rng.ts';
import { type Engine, type Feeds, floats, isHeld, type Program, type Values, valuesOf } from '../engine/engine.ts';
import { Programs } from '../engine/programs.ts';
import { loadEngine } from '../engine/select.ts';
import { everyEngine, relative } from '../engine/usable.test.helper.ts';
import { greedyAnswers, greedyAnswersOfEach, nextTokenLogProbabilities } from '../model/inference.ts';
import { architectureOf, initialParameters, layoutOf } from '../model/parameters.ts';
import { type Batch, pretrainingBatch, rehearsalBatch } from '../world/characters/batches.ts';
import { rolloutPrompts } from '../world/characters/prompts.ts';
import { drawWorld } from '../world/characters/world.ts';
import { loadSetup } from '../world/setup.ts';
import { rl } from './arms.ts';
import { examplesOf, scaled } from './batch.ts';
import { type Draw, drawsOf, languageSteps, tuningSteps } from './draw.ts';
import { Learner } from './learner.ts';

// What every engine must do alike. The engines that cannot be used here have their reasons in parity.mocked.test.ts.

const world = drawWorld(loadSetup('fixtures/setups/small.json'), 3);
const architecture = architectureOf(world);
const { size: P } = layoutOf(architecture);
const { payload: m } = world.setup.world;
const adam = { beta1: 0.9, beta2: 0.98, clip: 1, weightDecay: 0.1 };
const reference = await loadEngine('tfjs:cpu');
const { usable } = await everyEngine();
const fresh = (seed: number): Float32Array => initialParameters(layoutOf(architecture), stream(seed, 'init'));
const batchOf = (seed: number): Batch => scaled(pretrainingBatch(world, stream(seed, 'contract'), 8), 1);
const prompts = rolloutPrompts(world, stream(2, 'prompts'), 8);

/** Every output of a program, off the device. */
async function read(outputs: Feeds): Promise<Record<string, Values>> {
  const all: Record<string, Values> = {};
  for (const [name, feed] of Object.entries(outputs)) {
    all[name] = await valuesOf(feed);
    if (isHeld(feed)) feed.dispose();
  }
  return all;
}

/** One step of R networks from fresh parameters skip + 1 .. skip + R. */
async function firstStep(program: Program, R: number, feeds: Feeds, skip: number): Promise<Record<string, Values>> {
  const parameters = Float32Array.from(Array.from({ length: R }, (_, r) => [...fresh(skip + r + 1)]).flat());
  return read(
    await program.run({
      parameters,
      first: new Float32Array(R * P),
      second: new Float32Array(R * P),
      rate: new Float32Array(R).fill(1e-2),
      correction1: Float32Array.of(1 - adam.beta1),
      correction2: Float32Array.of(1 - adam.beta2),
      ...feeds,
    }),
  );
}

/** The draws of `R` runs of reinforcement learning with rehearsal. */
const drawsOfPolicies = (R: number): Draw[] =>
  Array.from({ length: R }, (_, r) => drawsOf(world, rl({ skill: 1, rehearsal: 1 }), r + 1)());

/** With KL to the base, fresh parameters 11, so that every part of the loss is there. */
const near = { ...world.setup, tuning: { ...world.setup.tuning, klWeight: 0.5 } };

async function policyStepOn(engine: Engine, draws: readonly Draw[], skip = 0): Promise<Record<string, Values>> {
  const programs = new Programs(engine);
  const bases = draws.map(() => fresh(11));
  const { program, feeds } = await tuningSteps(programs, architecture, near, bases)(draws);
  const outputs = await firstStep(program, draws.length, feeds, skip);
  await programs.dispose();
  return outputs;
}

async function languageStepOn(engine: Engine, batches: readonly Batch[], skip = 0): Promise<Record<string, Values>> {
  const programs = new Programs(engine);
  const { program, feeds } = await languageSteps(programs, architecture, adam)(batches);
  const outputs = await firstStep(program, batches.length, feeds, skip);
  await programs.dispose();
  return outputs;
}

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
  language: await languageStepOn(reference, [batchOf(1)]),
  policy: await policyStepOn(reference, drawsOfPolicies(1)),
  fifty: await fiftySteps(reference),
  answers: await greedyAnswers(new Programs(reference), architecture, fresh(1), prompts, m),
  logp: await logpOf(new Programs(reference), 8, batchOf(1).tokens),
};

describe.each(usable)('$id', (engine) => {
  test.each([
    'language',
    'policy',
  ] as const)('a %s step gives the reference gradient, moments, loss and parameters', async (kind) => {
    const got = await (kind === 'language'
      ? languageStepOn(engine, [batchOf(1)])
      : policyStepOn(engine, drawsOfPolicies(1)));
    // After the first step Adam's first moment is (1 - beta1) times the clipped gradient.
    for (const name of ['first', 'second', 'loss', 'norm'])
      expect(relative(got[name]!, wanted[kind][name]!), name).toBeLessThan(1e-5);
    // Adam divides by the gradient's own size: where a gradient is rounding noise, its sign is too.
    expect(relative(got['parameters']!, wanted[kind]['parameters']!)).toBeLessThan(1e-4);
    // Rewards count answers: equal only where the same noise drew the same tokens.
    if (kind === 'policy') expect(got['reward']).toEqual(wanted.policy['reward']);
  });

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
    const T = m + 4;
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

  test('slice r of eight replicates in one program is replicate r alone: steps, rollouts, answers', async () => {
    const batches = Array.from({ length: 8 }, (_, r) => batchOf(r + 1));
    const draws = drawsOfPolicies(8);
    const language = await languageStepOn(engine, batches);
    const policy = await policyStepOn(engine, draws);
    const programs = new Programs(engine);
    const sets = Array.from({ length: 8 }, (_, r) => rolloutPrompts(world, stream(r, 'prompts'), 8));
    const all = Float32Array.from(sets.flatMap((_, r) => [...fresh(r + 1)]));
    const answers = await greedyAnswersOfEach(programs, architecture, all, sets, m);
    for (const r of [0, 3, 7]) {
      const alone = {
        language: await languageStepOn(engine, [batches[r] as Batch], r),
        policy: await policyStepOn(engine, [draws[r] as Draw], r),
      };
      for (const [kind, together] of [
        ['language', language],
        ['policy', policy],
      ] as const) {
        for (const name of ['first', 'second', 'loss', 'norm']) {
          const [one, many] = [alone[kind][name] as Values, together[name] as Values];
          expect(
            relative(many.subarray(r * one.length, (r + 1) * one.length), one),
            `${kind} ${name} ${r}`,
          ).toBeLessThan(1e-5);
        }
      }
      expect(policy['reward']![r]).toBe(alone.policy['reward']![0]);
      expect(answers[r]).toEqual(await greedyAnswers(programs, architecture, fresh(r + 1), sets[r]!, m));
    }
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
  const rehearsal = scaled(rehearsalBatch(world, stream(2, 'rehearsal'), 4), 1);
  expect(() => examplesOf([rehearsal, batchOf(1)])).toThrow(/as many sequences/);
});
