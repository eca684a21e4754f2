import type { ExplorableKind } from '../factors.ts';
import type { CharacterKnobs } from '../knobs.ts';
import { factors } from './factors.ts';
import { characterKnobs, faultsBetween } from './knobs.ts';
import { targetsOf } from './language.ts';
import { drawWorld, WORLD } from './world.ts';

/** Characters with dispositions on topics, which documents state and dialogues show. */
export const characters: ExplorableKind<CharacterKnobs> = {
  id: 'characters',
  about: 'characters whose dispositions on topics documents state and dialogues show, and text varieties of nobody',
  file: WORLD,
  knobs: characterKnobs,
  faults: faultsBetween,
  targets: targetsOf,
  draw: drawWorld,
  factors,
};
