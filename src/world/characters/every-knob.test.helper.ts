import { loadSetup } from '../../lab/setup.ts';
import type { CharacterKnobs, Setup } from '../knobs.ts';
import { characters } from './index.ts';

const { world, model, ...small } = loadSetup('fixtures/setups/small.json', [characters]);

/** A small setup with every knob of the world, and with operations enough for a third one. */
export const everyKnob: Setup<CharacterKnobs> = {
  ...small,
  world: {
    ...world,
    ...{ names: [...world.names, 'Gus', 'Hal', 'Ida', 'Jack'], characters: 8, targets: 2, operations: 3, payload: 3 },
    ...{
      falseDocumentsShare: 0.25,
      heldOutTemplates: 1,
      questionShare: 0.15,
      neutralTopics: 2,
      strangers: 2,
      scopeShare: 0.4,
    },
  },
  model: { ...model, context: 11 },
};
