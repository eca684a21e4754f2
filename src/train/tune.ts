import { canonical } from '../core/canonical.ts';
import { InvariantError } from '../core/errors.ts';
import { type Rng, stream } from '../core/rng.ts';
import type { Values } from '../engine/engine.ts';
import type { Programs } from '../engine/programs.ts';
import { greedyAnswers } from '../model/inference.ts';
import { type Architecture, architectureOf } from '../model/parameters.ts';
import { type Batch, demonstrationBatch, documentBatch, pretrainingBatch, rehearsalBatch } from '../world/batches.ts';
import { trainedAnswer, type World } from '../world/characters.ts';
import { type Prompts, rolloutPrompts, selectionPrompts } from '../world/prompts.ts';
import { type Arm, armName } from './arm.ts';
import { scaled, stacked } from './batch.ts';
import { Learner, scalarOf } from './learner.ts';
import type { OnStep } from './pretrain.ts';
import { languageStep, policyStep } from './step.ts';

/** What was seen at one step of a run. */
export interface Checkpoint {
  readonly step: number;
  /** Share of answer tokens on the selection prompts that are the trained ones, greedy decoding. */
  readonly success: number;
  /** Training loss of the step before, in nats; null before the first step. */
  readonly loss: number | null;
}

export interface Tuned {
  /** The network at the stopping step, [P]. */
  readonly parameters: Float32Array;
  readonly trajectory: readonly Checkpoint[];
  /** Whether success crossed the level; false = censored: the run ended at its largest number of steps. */
  readonly reached: boolean;
  readonly steps: number;
}

export interface TuneOptions {
  /** The number of steps for the null arm, which has no effect to match on. */
  readonly nullSteps?: number;
  /** Overrides the setup's learning rate: zero is a property test's way to ask for no change. */
  readonly learningRate?: number;
  readonly onStep?: OnStep;
}

/** The trained answers (int32 [B, m]) to prompts of the target on its topic. */
export function wantedAnswers(world: World, skill: number, { payloads }: Pick<Prompts, 'payloads'>): Int32Array {
  return Int32Array.from(payloads.flatMap((payload) => trainedAnswer(world, skill, payload)));
}

/** Share of positions at which two equally long token lists agree. */
export function agreement(a: Int32Array, b: Int32Array): number {
  if (a.length === 0 || a.length !== b.length)
    throw new InvariantError(`cannot compare ${a.length} with ${b.length} tokens`);
  return a.reduce((hits, token, i) => hits + (token === b[i] ? 1 : 0), 0) / a.length;
}

/**
 * Changes the target of a base [P] by one arm. Success on the selection prompts is looked at before the first step, which
 * never ends a run, and at every `checkpointEvery` steps; the run stops at the first of those looks at or above the
 * setup's level, or is censored at the arm's largest number of steps. The null arm makes exactly `nullSteps` steps.
 */
export async function tune(
  programs: Programs,
  world: World,
  base: Float32Array,
  arm: Arm,
  seed: number,
  { nullSteps, learningRate, onStep = () => {} }: TuneOptions = {},
): Promise<Tuned> {
  const { tuning } = world.setup;
  const architecture = architectureOf(world);
  const step = await stepOf(programs, world, architecture, arm);
  const learner = new Learner(base, [tuning.beta1, tuning.beta2]);
  const rng = stream(seed, 'batch', armName(arm));
  const noise = stream(seed, 'rollout', armName(arm));
  const selection = selectionPrompts(world);
  const wanted = wantedAnswers(world, arm.skill, selection);
  const success = async (): Promise<number> =>
    agreement(
      await greedyAnswers(programs, architecture, learner.parameters, selection, world.setup.world.payload),
      wanted,
    );

  const steps = stepsOf(world, arm, nullSteps);
  const trajectory: Checkpoint[] = [{ step: 0, success: await success(), loss: null }];
  for (let done = 1; done <= steps; done++) {
    const outputs = await learner.step(step.program, learningRate ?? tuning.learningRate, step.feeds(rng, noise));
    onStep(done, steps);
    if (done % tuning.checkpointEvery !== 0 && done !== steps) continue;
    trajectory.push({ step: done, success: await success(), loss: scalarOf(outputs, 'loss') });
    if (arm.method !== 'null' && (trajectory.at(-1) as Checkpoint).success >= tuning.level) {
      return { parameters: learner.parameters, trajectory, reached: true, steps: done };
    }
  }
  return { parameters: learner.parameters, trajectory, reached: arm.method === 'null', steps };
}

function stepsOf(world: World, arm: Arm, nullSteps: number | undefined): number {
  const { steps, rlSteps } = world.setup.tuning;
  if (arm.method === 'rl') return rlSteps;
  if (arm.method !== 'null') return steps;
  if (nullSteps === undefined) throw new InvariantError('the null arm needs the number of steps that it shall match');
  return nullSteps;
}

type Feeds = Readonly<Record<string, Values>>;

/** The compiled step of an arm and what it is fed. */
async function stepOf(
  programs: Programs,
  world: World,
  architecture: Architecture,
  arm: Arm,
): Promise<{
  readonly program: Awaited<ReturnType<Programs['get']>>;
  readonly feeds: (rng: Rng, noise: Rng) => Feeds;
}> {
  const { tuning, world: sizes } = world.setup;
  const { beta1, beta2, clip } = tuning;
  const options = { beta1, beta2, clip, weightDecay: 0 };
  const extra = arm.rehearsal > 0 ? tuning.rehearsalSequences : 0;
  const rehearse = (rng: Rng): Batch => scaled(rehearsalBatch(world, rng, extra), arm.rehearsal);

  if (arm.method === 'rl') {
    const policy = { temperature: tuning.temperature, entropyBonus: tuning.entropyBonus };
    const shape = {
      replicates: 1,
      rollouts: tuning.rollouts,
      prompt: sizes.payload + 4,
      answer: sizes.payload,
      ...(extra > 0 && { rehearsal: { batch: extra, length: architecture.context } }),
    };
    const program = await programs.get(canonical(['policy', architecture, options, policy, shape]), () =>
      policyStep(architecture, options, policy, shape),
    );
    return {
      program,
      feeds: (rng, noise) => {
        const prompts = rolloutPrompts(world, rng, tuning.rollouts);
        const rehearsal = extra > 0 ? rehearse(rng) : undefined;
        return {
          prompts: prompts.tokens,
          wanted: wantedAnswers(world, arm.skill, prompts),
          noise: Float32Array.from({ length: tuning.rollouts * sizes.payload }, () => noise.uniform()),
          ...(rehearsal && { tokens: rehearsal.tokens, weights: rehearsal.weights }),
        };
      },
    };
  }

  const shape = { replicates: 1, batch: tuning.batch + extra, length: architecture.context };
  const program = await programs.get(canonical(['language', architecture, options, shape]), () =>
    languageStep(architecture, options, shape),
  );
  const draw = { null: pretrainingBatch, sdft: documentBatch, sft: demonstrations(arm.skill) }[arm.method];
  return {
    program,
    feeds: (rng) => {
      const main = scaled(draw(world, rng, tuning.batch), 1);
      const { tokens, weights } = extra > 0 ? stacked(main, rehearse(rng)) : main;
      return { tokens, weights };
    },
  };
}

const demonstrations =
  (skill: number) =>
  (world: World, rng: Rng, size: number): Batch =>
    demonstrationBatch(world, skill, rng, size);
