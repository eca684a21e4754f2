import type { WorldFactors } from '../factors.ts';
import type { TextKnobs } from './knobs.ts';

/** What exploration may turn in a world of texts. */
export const factors: WorldFactors<TextKnobs> = {
  file: import.meta.url,
  turned: {
    forms: [3],
    documentsOnlyShare: [0.125, 0.375],
    templates: [3, 2],
    prefix: [20, 12],
  },
  skills: true,
};
