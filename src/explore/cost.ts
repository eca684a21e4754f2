import type { Setup } from '../world/knobs.ts';

/** Steps that a claim's arms take together in the registered setup, some of RL among them. */
const ARM_STEPS = 500;

/** Seconds on one core for a step of 640 rows of the registered network, 80 thousand parameters: within a factor of two. */
const SECONDS_A_STEP = 0.0045;

/**
 * About how many seconds one core needs for one replicate of a setup: base, arms of a claim, measures. Steps cost what
 * their rows times parameters do; of a small network half of that is overhead.
 */
export function secondsFor({ world, model, pretraining, tuning }: Setup): number {
  const vocabulary = world.characters + world.topics + world.symbols + 20;
  const parameters = 2 * vocabulary * model.width + model.layers * (4 + 2 * model.feedForward) * model.width ** 2;
  const step = (sequences: number): number => {
    const size = (sequences * (model.context - 1) * parameters) / (640 * 80_000);
    return SECONDS_A_STEP * (0.5 * (sequences / 64) + 0.5 * size);
  };
  const cells = (world.characters * world.topics * world.payloadsPerBystander) / 4096;
  return pretraining.steps * step(pretraining.batch) + ARM_STEPS * 2 * step(tuning.rollouts) + 4 * cells;
}
