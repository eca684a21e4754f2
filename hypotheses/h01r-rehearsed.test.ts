import { claim } from '../src/claims/claim.ts';
import { greaterThan } from '../src/claims/verdict.ts';
import { drift } from '../src/measure/observation.ts';
import { rl, sdft } from '../src/train/arms.ts';

/**
 * H1r  The order of H1 outlives rehearsal of the other characters (weight 1 in both arms).
 * Prediction  drift(RL, s = 1, rehearsed) - drift(SDFT, rehearsed) > 0.05 (total variation)
 * Refuted if  the 95 % interval lies wholly below 0.05
 */
export default claim(
  import.meta.url,
  {
    id: 'H1r',
    statement: 'With rehearsal, SDFT still moves bystanders less in dialogues than RL at s = 1',
    family: 'exploratory',
    estimand:
      'drift(RL, s = 1) - drift(SDFT) in dialogues, both with rehearsal of weight 1, bystanders on the target topic',
    unit: 'TV',
    prediction: greaterThan(0.05),
    mind: [
      'It looks where the drift no longer is: with rehearsal RL still moves text varieties (by 0.17 TV more ' +
        "than SDFT at the profile standard) and the target's other topics (by 0.44).",
      'The same weight is not the same strength in both: policy-gradient losses are small.',
    ],
    arms: { skill: rl({ skill: 1, rehearsal: 1 }), documents: sdft({ rehearsal: 1 }) },
  },
  ({ skill, documents }) => drift(skill) - drift(documents),
);
