import { canonical } from '../core/canonical.ts';
import { stream } from '../core/rng.ts';
import type { Feeds, Program } from '../engine/engine.ts';
import type { Programs } from '../engine/programs.ts';
import type { Architecture } from '../model/parameters.ts';
import {
  type Batch,
  demonstrationBatch,
  documentBatch,
  pretrainingBatch,
  rehearsalBatch,
} from '../world/characters/batches.ts';
import { type Prompts, rolloutPrompts } from '../world/characters/prompts.ts';
import { type CharacterWorld, trainedAnswer } from '../world/characters/world.ts';
import type { Setup } from '../world/knobs.ts';
import type { AdamOptions } from './adam.ts';
import { type Arm, armName } from './arm.ts';
import { examplesOf, placesFor, scaled, stacked } from './batch.ts';
import { type ExamplesShape, languageStep, policyStep } from './step.ts';

/** What one run trains on in one step: rollouts where it is RL, and sequences where it learns from any. */
export interface Draw {
  readonly rollouts?: {
    /** int32 [B, T] */
    readonly prompts: Int32Array;
    /** The trained answers, int32 [B, m]. */
    readonly wanted: Int32Array;
    /** Uniform in [0, 1), [B, m]. */
    readonly noise: Float32Array;
  };
  readonly batch?: Batch;
}

/** The trained answers (int32 [B, m]) to prompts of the target on its topic. */
export function wantedAnswers(
  world: CharacterWorld,
  skill: number,
  { payloads }: Pick<Prompts, 'payloads'>,
): Int32Array {
  return Int32Array.from(payloads.flatMap((payload) => trainedAnswer(world, skill, payload)));
}

/** A source of one run's draws, step by step, from streams of its own. */
export function drawsOf(world: CharacterWorld, arm: Arm, seed: number): () => Draw {
  const { tuning } = world.setup;
  const rng = stream(seed, 'batch', armName(arm));
  const noise = stream(seed, 'rollout', armName(arm));
  const rehearse = (): Batch => scaled(rehearsalBatch(world, rng, tuning.rehearsalSequences), arm.rehearsal);
  const supervised = (main: Batch): Draw => ({
    batch: arm.rehearsal > 0 ? stacked(scaled(main, 1), rehearse()) : scaled(main, 1),
  });
  switch (arm.method) {
    case 'null':
      return () => supervised(pretrainingBatch(world, rng, tuning.batch));
    case 'sdft':
      return () => supervised(documentBatch(world, rng, tuning.batch));
    case 'sft':
      return () => supervised(demonstrationBatch(world, arm.skill, rng, tuning.batch));
    case 'rl':
      return () => {
        const prompts = rolloutPrompts(world, rng, tuning.rollouts);
        const wanted = wantedAnswers(world, arm.skill, prompts);
        const rollouts = {
          prompts: prompts.tokens,
          wanted,
          noise: Float32Array.from(wanted, () => noise.uniform()),
        };
        return arm.rehearsal > 0 ? { rollouts, batch: rehearse() } : { rollouts };
      };
  }
}

/** The kind of graph that an arm's steps run: arms of one kind can train in one program. */
export function graphKind({ method, rehearsal }: Arm): string {
  return `${method === 'rl' ? 'policy' : 'language'}${rehearsal > 0 ? ' with rehearsal' : ''}`;
}

/** A program and what one run of it is fed. */
export interface Step {
  readonly program: Program;
  readonly feeds: Feeds;
}

/** Supervised steps: from one batch a replicate, all of one size, to the program and its feeds. */
export function languageSteps(
  programs: Programs,
  architecture: Architecture,
  options: AdamOptions,
): (batches: readonly Batch[]) => Promise<Step> {
  const key = canonical(['language', architecture, options]);
  return async (batches) => {
    const shape = { replicates: batches.length, ...shapeOf(architecture, batches) };
    const program = await programs.get(keyed(key, shape), () => languageStep(architecture, options, shape));
    return { program, feeds: examplesOf(batches) };
  };
}

/**
 * Steps of tuning from `bases`, each [P]: from one draw a replicate, all of one kind of graph, to the program and its feeds.
 */
export function tuningSteps(
  programs: Programs,
  architecture: Architecture,
  { tuning, world }: Setup,
  bases: readonly Float32Array[],
): (draws: readonly Draw[]) => Promise<Step> {
  const { beta1, beta2, clip, temperature, entropyBonus, klWeight, rollouts: B } = tuning;
  const options = { beta1, beta2, clip, weightDecay: 0 };
  const policy = { temperature, entropyBonus, klWeight };
  const base = klWeight > 0 ? Float32Array.from(bases.flatMap((each) => [...each])) : undefined;
  const supervised = languageSteps(programs, architecture, options);
  const sizes = { rollouts: B, prompt: world.payload + 4, answer: world.payload };
  const key = canonical(['policy', architecture, options, policy, sizes]);
  return async (draws) => {
    const batches = draws.flatMap(({ batch }) => batch ?? []);
    const rollouts = draws.flatMap((draw) => draw.rollouts ?? []);
    if (rollouts.length === 0) return supervised(batches);
    const rehearsal = batches.length > 0 ? shapeOf(architecture, batches) : undefined;
    const program = await programs.get(keyed(key, { replicates: draws.length, ...rehearsal }), () =>
      policyStep(architecture, options, policy, {
        ...sizes,
        replicates: draws.length,
        ...(rehearsal && { rehearsal }),
      }),
    );
    const feeds = {
      prompts: Int32Array.from(rollouts.flatMap(({ prompts }) => [...prompts])),
      wanted: Int32Array.from(rollouts.flatMap(({ wanted }) => [...wanted])),
      noise: Float32Array.from(rollouts.flatMap(({ noise }) => [...noise])),
      ...(base && { base }),
      ...(rehearsal && examplesOf(batches)),
    };
    return { program, feeds };
  };
}

const keyed = (key: string, shape: Readonly<Record<string, number>>): string =>
  `${key} ${Object.values(shape).join(' ')}`;

function shapeOf({ context }: Architecture, batches: readonly Batch[]): ExamplesShape {
  const [{ size }] = batches as readonly [Batch];
  return { batch: size, length: context, places: placesFor(batches) };
}
