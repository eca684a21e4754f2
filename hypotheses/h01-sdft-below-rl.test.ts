import { claim } from '../src/claims/claim.ts';
import { greaterThan } from '../src/claims/verdict.ts';
import { drift } from '../src/measure/observation.ts';
import { rl, sdft } from '../src/train/arms.ts';

/**
 * H1  In dialogues, SDFT on one character moves the others less than RL that teaches it a new skill.
 * Prediction  drift(RL, s = 1) - drift(SDFT) > 0.05 (total variation), matched at 90 % target effect
 * Refuted if  the 95 % interval lies wholly below 0.05
 */
export default claim(
  import.meta.url,
  {
    id: 'H1',
    statement: 'In dialogues, SDFT moves bystanders less than RL that teaches a new skill',
    family: 'confirmatory',
    estimand: 'drift(RL, s = 1) - drift(SDFT) in dialogues of bystanders on the target topic, at matched target effect',
    unit: 'TV',
    prediction: greaterThan(0.05),
    mind: [
      'Drift is read in dialogues, which RL trains and SDFT does not; in documents the two differ little.',
      'The steps of RL have no floor yet: in a first try random rewards alone moved bystanders, so that part ' +
        'of this difference may be noise of policy-gradient steps and not the skill.',
      'The two teach different contents; H7 compares RL and SFT on the same skill.',
      'RL trains at temperature 2 and drift is measured at 1, where its tokens are twice as sure.',
    ],
    arms: { skill: rl({ skill: 1 }), documents: sdft() },
  },
  ({ skill, documents }) => drift(skill) - drift(documents),
);
