import type { ExplorableKind } from '../factors.ts';
import { factors } from './factors.ts';
import { faultsBetween, type TextKnobs, textKnobs } from './knobs.ts';
import { targetsOf } from './sizes.ts';
import { drawWorld, WORLD } from './world.ts';

/** Real text in several languages, each of which writes quotation marks and the like in a form of its own. */
export const texts: ExplorableKind<TextKnobs> = {
  id: 'texts',
  about: 'one parallel text in several languages, each of which writes quotes, placeholders and stops in its own form',
  file: WORLD,
  knobs: textKnobs,
  faults: faultsBetween,
  targets: ({ world }) => targetsOf(world),
  draw: drawWorld,
  factors,
};
