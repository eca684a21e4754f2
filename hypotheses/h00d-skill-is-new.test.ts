import { claim } from '../src/claims/claim.ts';
import { equivalentWithin } from '../src/claims/verdict.ts';
import { sft } from '../src/train/arms.ts';

/**
 * H0d  The skill is new: at s = 1 the base gives the trained answer no more often than chance.
 * Prediction  rate of trained answer tokens in the base's answers - chance (1 in 8 symbols) within +-0.05
 * Refuted if  the 95 % interval lies wholly outside +-0.05
 */
export default claim(
  import.meta.url,
  {
    id: 'H0d',
    statement: 'The skill at s = 1 is new to the base',
    family: 'premise',
    estimand: 'rate of trained answers of the base at s = 1, less chance (1 in 8 symbols)',
    unit: 'share of tokens',
    prediction: equivalentWithin(0.05),
    mind: [
      "It can hardly fail: the base gives the answers of a known operation that is not the target's own no " +
        'more often than chance either, so this shows that the answers are unexpected, not that they need new ' +
        'machinery.',
    ],
    arms: { skill: sft({ skill: 1 }) },
    mayFallShort: ['skill'],
  },
  ({ skill }, base) => skill.target.trainedBefore - base.chance,
);
