import { claim } from '../src/claims/claim.ts';
import { equivalentWithin } from '../src/claims/verdict.ts';
import { drift } from '../src/measure/observation.ts';
import { rl, sft } from '../src/train/arm.ts';

/**
 * H7  It is the skill, not RL: SFT on demonstrations of the same skill moves bystanders as RL does.
 * Prediction  drift(RL, s = 1) - drift(SFT, s = 1) within +-0.1 (total variation), matched at 90 % target effect
 * Refuted if  the 95 % interval lies wholly outside +-0.1
 * Mind        RL trains at temperature 2 and drift is measured at 1, where its tokens are twice as sure
 */
export default claim(
  import.meta.url,
  {
    id: 'H7',
    statement: 'SFT on the same new skill moves bystanders as RL does',
    family: 'confirmatory',
    estimand: 'drift(RL, s = 1) - drift(SFT, s = 1) in bystanders on the target topic, at matched target effect',
    unit: 'TV',
    prediction: equivalentWithin(0.1),
    arms: { rewarded: rl({ skill: 1 }), shown: sft({ skill: 1 }) },
  },
  ({ rewarded, shown }) => drift(rewarded) - drift(shown),
);
