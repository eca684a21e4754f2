import { contextFor, heldOutOf, type WorldFactors } from '../factors.ts';
import type { CharacterKnobs } from '../knobs.ts';

/** The length of a dialogue, the longest text there is. */
export const dialogueLength = ({ payload }: Pick<CharacterKnobs, 'payload'>): number => 2 * payload + 5;

/** What exploration may turn in a world of characters. */
export const factors: WorldFactors<CharacterKnobs> = {
  file: import.meta.url,
  turned: {
    characters: [40, 24],
    families: [2, 8],
    familyLikeness: [0.3, 0.9],
    topics: [3, 6],
    operations: [2],
    symbols: [10, 7],
    payload: [4],
    documentsOnlyShare: [0.3, 0.5, 0.2],
    templates: [3, 2],
    skillMappings: [2, 3],
  },
  skills: true,
  fitted: (setup) => ({
    ...setup,
    world: heldOutOf(setup.world, setup.world.symbols ** setup.world.payload),
    model: contextFor(setup.model, dialogueLength(setup.world)),
  }),
};
