import { parseSetup } from '../../lab/setup.ts';
import type { Setup } from '../knobs.ts';
import { plans } from './index.ts';
import type { PlanKnobs } from './sizes.ts';

const world: PlanKnobs = {
  kind: 'plans',
  names: ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hal', 'Ida', 'Jack', 'Kira', 'Leo'],
  ...{ characters: 12, targets: 2, topics: 2, operations: 3, symbols: 5, payload: 3, depth: 1 },
  ...{ planners: 0.5, planShare: 0.35, documentsOnlyShare: 0.2, templates: 3, heldOutTemplates: 1, neutralTopics: 1 },
  ...{ selectionPayloads: 6, reportingPayloads: 6, payloadsPerBystander: 2 },
};

/** A small setup of the kind, of which these knobs of the world are others. */
export const smallPlans = (knobs: Partial<PlanKnobs> = {}): Setup<PlanKnobs> =>
  parseSetup(smallValue(knobs), 'a small setup', [plans]);

/** The same, not parsed. */
export const smallValue = (knobs: Partial<PlanKnobs> = {}): Setup<PlanKnobs> => ({
  world: { ...world, ...knobs },
  model: { context: 15, width: 16, layers: 1, heads: 2, feedForward: 2 },
  pretraining: {
    ...{ steps: 40, batch: 8, documentShare: 0.35, varietyShare: 0, learningRate: 0.003 },
    ...{ beta1: 0.9, beta2: 0.98, weightDecay: 0.3, clip: 1, warmupShare: 0.05 },
  },
  tuning: {
    ...{ learningRate: 0.0005, beta1: 0.9, beta2: 0.98, clip: 1, batch: 8, rollouts: 8, entropyBonus: 0.01 },
    ...{ klWeight: 0, temperature: 2, rehearsalSequences: 4, level: 0.85, steps: 20, rlSteps: 20, checkpointEvery: 2 },
  },
});
