import { contextFor, heldOutOf, type WorldFactors } from '../factors.ts';
import { dialogueLength } from './dialogues.ts';
import type { GamingKnobs } from './knobs.ts';

/** What exploration may turn in a world of gaming. */
export const factors: WorldFactors<GamingKnobs> = {
  file: import.meta.url,
  turned: {
    characters: [48, 32],
    topics: [2, 3],
    operations: [3],
    symbols: [10, 7],
    payload: [4],
    gamersShare: [0.35, 0.15],
    documentsOnlyShare: [0.3, 0.5],
    templates: [3, 2],
    neutralMatters: [2],
    commonMatters: [4, 2],
  },
  skills: false,
  fitted: (setup) => ({
    ...setup,
    world: heldOutOf(setup.world, setup.world.symbols ** setup.world.payload),
    model: contextFor(setup.model, dialogueLength(setup.world.payload)),
  }),
};
