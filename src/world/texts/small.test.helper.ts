import { loadSetup } from '../../lab/setup.ts';
import type { Setup } from '../knobs.ts';
import { texts } from './index.ts';
import type { TextKnobs } from './knobs.ts';

const { world, model, ...rest } = loadSetup('fixtures/setups/texts.json', [texts]);

/** A small setup with every knob of the world. */
export const smallTexts: Setup<TextKnobs> = {
  ...rest,
  world: {
    ...world,
    ...{ varieties: ['es', 'pt-br', 'fr', 'pl', 'de', 'tr'], targets: 2, forms: 3, prefix: 10 },
    ...{ selectionPrompts: 8, reportingPrompts: 4 },
  },
  model: { ...model, context: 24, width: 16, layers: 1, heads: 2, feedForward: 2 },
};
