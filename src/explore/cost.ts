import { REHEARSAL } from '../claims/rehearsal.ts';
import type { Changes } from '../records/exploration.ts';
import type { TuningSetup } from '../world/knobs.ts';
import { applied } from './applied.ts';
import { knobOf, type Registered } from './factors.ts';

/** Steps that a claim's arms take together in the registered setup, some of RL among them. */
const ARM_STEPS = 500;

/** Seconds on one core for a step of 640 rows of the registered network, 80 thousand parameters: within a factor of two. */
const SECONDS_A_STEP = 0.0045;

/** The knobs of tuning that this depends on. */
export const COST_KNOBS = ['rollouts', 'klWeight', 'rehearsalSequences'] as const;

/**
 * About how many seconds one core needs for one replicate of a setup with these changes: base, arms of a claim, measures.
 * Steps cost what their rows times parameters do; of a small network half of that is overhead. What a world has in knobs of other
 * names than characters, topics, symbols and payloadsPerBystander is not counted.
 */
export function secondsFor(registered: Registered, changes: Changes = {}): number {
  const { setup } = applied(registered, changes);
  const { model, pretraining, ...rest } = setup;
  const tuning: Pick<TuningSetup, (typeof COST_KNOBS)[number]> = rest.tuning;
  const size = (knob: string): number => knobOf(setup, `world.${knob}`) ?? 0;
  const vocabulary = size('characters') + size('topics') + size('symbols') + 20;
  const parameters = 2 * vocabulary * model.width + model.layers * (4 + 2 * model.feedForward) * model.width ** 2;
  const step = (sequences: number): number => {
    const rows = (sequences * (model.context - 1) * parameters) / (640 * 80_000);
    return SECONDS_A_STEP * (0.5 * (sequences / 64) + 0.5 * rows);
  };
  const rehearsed = (changes[REHEARSAL] ?? 0) > 0 ? step(tuning.rehearsalSequences) : 0;
  const near = tuning.klWeight > 0 ? 0.3 * step(tuning.rollouts) : 0;
  const cells = (size('characters') * size('topics') * size('payloadsPerBystander')) / 4096;
  const base = pretraining.steps * step(pretraining.batch);
  return base + ARM_STEPS * (2 * step(tuning.rollouts) + near + rehearsed) + 4 * cells;
}
