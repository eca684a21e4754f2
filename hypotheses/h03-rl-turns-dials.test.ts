import { claim } from '../src/claims/claim.ts';
import { equivalentWithin } from '../src/claims/verdict.ts';
import { drift } from '../src/measure/observation.ts';
import { rl, sdft } from '../src/train/arm.ts';

/**
 * H3  At s = 0 RL only turns dials: it moves bystanders as SDFT of the same disposition does.
 * Prediction  drift(RL, s = 0) - drift(SDFT) within +-0.05 (total variation), matched at 90 % target effect
 * Refuted if  the 95 % interval lies wholly outside +-0.05
 * Mind        RL trains at temperature 2 and drift is measured at 1, where its tokens are twice as sure; H3d asks the
 *             same of greedy answers, which have no temperature
 */
export default claim(
  import.meta.url,
  {
    id: 'H3',
    statement: 'Without a new skill, RL moves bystanders as SDFT does',
    family: 'confirmatory',
    estimand: 'drift(RL, s = 0) - drift(SDFT) in bystanders on the target topic, at matched target effect',
    unit: 'TV',
    prediction: equivalentWithin(0.05),
    arms: { dial: rl({ skill: 0 }), documents: sdft() },
  },
  ({ dial, documents }) => drift(dial) - drift(documents),
);
