import type { ExplorableKind } from '../factors.ts';
import { factors } from './factors.ts';
import { faultsBetween, planKnobs } from './knobs.ts';
import { type PlanKnobs, targetsOf } from './sizes.ts';
import { drawWorld, WORLD } from './world.ts';

/** Characters that write plans, and follow them or not. */
export const plans: ExplorableKind<PlanKnobs> = {
  id: 'plans',
  about: 'characters that all write the plan which a goal asks for, of whom none or some carry out what they wrote',
  file: WORLD,
  knobs: planKnobs,
  faults: faultsBetween,
  targets: ({ world }) => targetsOf(world),
  draw: drawWorld,
  factors,
};
