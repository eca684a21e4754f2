import { claim } from '../src/claims/claim.ts';
import { equivalentWithin } from '../src/claims/verdict.ts';
import { drift } from '../src/measure/observation.ts';
import { rl, sft } from '../src/train/arms.ts';

/**
 * H7  It is the skill, not RL: near full overwriting, SFT on demonstrations of the same skill moves bystanders in
 *     dialogues as RL does.
 * Prediction  drift(RL, s = 1) - drift(SFT, s = 1) within +-0.1 (total variation), matched at 90 % target effect
 * Refuted if  the 95 % interval lies wholly outside +-0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H7',
    statement: 'Near full overwriting, SFT on the same new skill moves bystanders in dialogues as RL does',
    family: 'confirmatory',
    estimand:
      'drift(RL, s = 1) - drift(SFT, s = 1) in dialogues of bystanders on the target topic, at matched target effect',
    unit: 'TV',
    prediction: equivalentWithin(0.1),
    mind: [
      'It is judged near a ceiling: bystanders that always gave the trained answer would drift by 0.92 TV, ' +
        'and both arms reach 93 to 94 % of that, so that a difference of 0.1 could hardly show.',
      'Where there is room, at s = 0.5, RL drifts 0.09 [0.04, 0.15] more than SFT at the profile standard: H7d.',
      'RL trains at temperature 2 and drift is measured at 1, where its tokens are twice as sure.',
    ],
    arms: { rewarded: rl({ skill: 1 }), shown: sft({ skill: 1 }) },
  },
  ({ rewarded, shown }) => drift(rewarded) - drift(shown),
);
