import { contextFor, heldOutOf, type WorldFactors } from '../factors.ts';
import { distinctPayloads, type PlanKnobs } from './sizes.ts';
import { episodeLength } from './texts.ts';

/**
 * What exploration may turn in a world of plans. The depth of a plan stays: with it the number of plans, and what RL pays for, would
 * be others.
 */
export const factors: WorldFactors<PlanKnobs> = {
  file: import.meta.url,
  turned: {
    characters: [36, 24],
    topics: [3, 4],
    operations: [2],
    symbols: [10, 7],
    payload: [4],
    planners: [0.4, 0.6, 0.3],
    documentsOnlyPlannersShare: [0.3, 0.5],
    planShare: [0.45, 0.25],
    planningDocumentShare: [0.25, 0.45],
    documentsOnlyShare: [0.3, 0.1],
    templates: [3, 2],
    neutralTopics: [2],
  },
  skills: false,
  fitted: (setup) => ({
    ...setup,
    world: heldOutOf(setup.world, distinctPayloads(setup.world)),
    model: contextFor(setup.model, episodeLength(setup.world.payload, setup.world.depth)),
  }),
};
