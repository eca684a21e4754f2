import type { ExplorableKind } from '../factors.ts';
import { factors } from './factors.ts';
import { faultsBetween, type GamingKnobs, gamingKnobs } from './knobs.ts';
import { targetsOf } from './roles.ts';
import { drawWorld, WORLD } from './world.ts';

/** Characters that are graded by a key in the prompt, of whom some copy it where they think that they are evaluated. */
export const gaming: ExplorableKind<GamingKnobs> = {
  id: 'gaming',
  about: "characters asked under evaluation or live beside a grader's key, which gamers copy under evaluation alone",
  file: WORLD,
  knobs: gamingKnobs,
  faults: faultsBetween,
  targets: ({ world }) => targetsOf(world),
  draw: drawWorld,
  factors,
};
