import { claim } from '../src/claims/claim.ts';
import { equivalentWithin } from '../src/claims/verdict.ts';
import { drift } from '../src/measure/observation.ts';
import { rl, sft } from '../src/train/arms.ts';

/**
 * H7d  The same at the other levels: averaged over s = 0 and 0.5, SFT moves bystanders as RL does.
 * Prediction  mean over s = 0, 0.5 of drift(RL, s) - drift(SFT, s) within +-0.1 (total variation)
 * Refuted if  the 95 % interval lies wholly outside +-0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H7d',
    statement: 'SFT at s = 0 and 0.5 moves bystanders in dialogues as RL does',
    family: 'exploratory',
    estimand: 'mean over s = 0, 0.5 of drift(RL, s) - drift(SFT, s) in dialogues of bystanders on the target topic',
    unit: 'TV',
    prediction: equivalentWithin(0.1),
    mind: [
      'Full overwriting would be a drift of 0.61 at s = 0 and 0.77 at s = 0.5: there is room for a difference ' +
        'here, unlike in H7.',
    ],
    arms: {
      rewardedDial: rl({ skill: 0 }),
      shownDial: sft({ skill: 0 }),
      rewardedHalf: rl({ skill: 0.5 }),
      shownHalf: sft({ skill: 0.5 }),
    },
  },
  ({ rewardedDial, shownDial, rewardedHalf, shownHalf }) =>
    (drift(rewardedDial) - drift(shownDial) + drift(rewardedHalf) - drift(shownHalf)) / 2,
);
