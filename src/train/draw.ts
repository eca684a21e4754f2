import { stream } from '../core/rng.ts';
import type { Values } from '../engine/engine.ts';
import { architectureOf, layoutOf } from '../model/parameters.ts';
import type { Batch, BatchLesson, Texts } from '../world/world.ts';
import { armName } from './arm.ts';
import { scaled, stacked } from './batch.ts';
import { drawCarrier } from './carrier.ts';
import { commonOptionsOf, optionsOf } from './check.ts';
import { maskOf } from './mask.ts';
import type { Draw, DrawFrom, Method } from './method.ts';

/**
 * The draws of one run: its method's, sequences of others where its arm is held near its base on those, and its carrier's sides or
 * its mask.
 */
export function drawsOf(method: Method, { world, arm, seed }: Omit<DrawFrom, 'options'>): () => Draw {
  const next = method.draws({ world, arm, options: optionsOf(method, arm), seed });
  const { bystanderKl, rank, only } = commonOptionsOf(arm);
  const layout = layoutOf(architectureOf(world));
  const carrier = rank && drawCarrier(layout, rank, seed, armName(arm));
  const mask = only && maskOf(layout, world.ownTokens);
  const rng = stream(seed, 'bystanders', armName(arm));
  const { tuning } = world.setup;
  const others = (weight: number): Batch => scaled(world.batch('rehearsal', 0, rng, tuning.rehearsalSequences), weight);
  return () => ({
    ...next(),
    ...(bystanderKl && { near: others(bystanderKl) }),
    ...(carrier && { carrier }),
    ...(mask && { mask }),
  });
}

/** Draws of whole sequences of a lesson, a batch a step, with those of rehearsal below them where the arm has any. */
export function supervisedDraws({ world, arm, seed }: DrawFrom, lesson: BatchLesson): () => Draw {
  const { tuning } = world.setup;
  const rng = stream(seed, 'batch', armName(arm));
  return () => {
    const main = scaled(world.batch(lesson, arm.skill, rng, tuning.batch), 1);
    if (arm.rehearsal === 0) return { batch: main };
    const rehearsed = world.batch('rehearsal', 0, rng, tuning.rehearsalSequences);
    return { batch: stacked(main, scaled(rehearsed, arm.rehearsal)) };
  };
}

/**
 * Draws of B = `rollouts` prompts that are answered in the step itself, with the noise to answer by, and rehearsal where the arm
 * has any. Feeds of one replicate: prompts int32 [B, T]; noise [B, m], uniform in [0, 1); and what `more` makes of the prompts.
 */
export function rolloutDraws(
  { world, arm, seed }: DrawFrom,
  more: (prompts: Texts) => Readonly<Record<string, Values>>,
  rollouts = world.setup.tuning.rollouts,
): () => Draw {
  const { tuning } = world.setup;
  const rng = stream(seed, 'batch', armName(arm));
  const noise = stream(seed, 'rollout', armName(arm));
  const rehearse = (): Batch => scaled(world.batch('rehearsal', 0, rng, tuning.rehearsalSequences), arm.rehearsal);
  return () => {
    const prompts = world.rollouts(rng, rollouts);
    const feeds = {
      prompts: prompts.tokens,
      noise: Float32Array.from({ length: rollouts * world.lengths.answer }, () => noise.uniform()),
      ...more(prompts),
    };
    return arm.rehearsal > 0 ? { feeds, batch: rehearse() } : { feeds };
  };
}
