import { claim } from '../src/claims/claim.ts';
import { greaterThan } from '../src/claims/verdict.ts';
import { drift } from '../src/measure/observation.ts';
import { rl, sdft } from '../src/train/arm.ts';

/**
 * H1  SDFT on one character moves the others less than RL that teaches it a new skill.
 * Prediction  drift(RL, s = 1) - drift(SDFT) > 0.05 (total variation), matched at 90 % target effect
 * Refuted if  the 95 % interval lies wholly below 0.05
 * Mind        the two teach different contents; H7 compares RL and SFT on the same skill
 *             RL trains at temperature 2 and drift is measured at 1, where its tokens are twice as sure
 */
export default claim(
  import.meta.url,
  {
    id: 'H1',
    statement: 'SDFT moves bystanders less than RL that teaches a new skill',
    family: 'confirmatory',
    estimand: 'drift(RL, s = 1) - drift(SDFT) in bystanders on the target topic, at matched target effect',
    unit: 'TV',
    prediction: greaterThan(0.05),
    arms: { skill: rl({ skill: 1 }), documents: sdft() },
  },
  ({ skill, documents }) => drift(skill) - drift(documents),
);
