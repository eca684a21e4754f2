import { claim } from '../src/claims/claim.ts';
import { equivalentWithin } from '../src/claims/verdict.ts';
import { damage } from '../src/measure/observation.ts';
import { rl, sdft } from '../src/train/arm.ts';

/**
 * H3d  H3 on greedy answers: at s = 0 RL damages bystanders as SDFT of the same disposition does.
 * Prediction  damage(RL, s = 0) - damage(SDFT) within +-0.05 (share of answer tokens), matched at 90 % target effect
 * Refuted if  the 95 % interval lies wholly outside +-0.05
 */
export default claim(
  import.meta.url,
  {
    id: 'H3d',
    statement: 'Without a new skill, RL damages bystanders as SDFT does',
    family: 'exploratory',
    estimand: 'damage(RL, s = 0) - damage(SDFT) to bystanders on the target topic, at matched target effect',
    unit: 'share of tokens',
    prediction: equivalentWithin(0.05),
    arms: { dial: rl({ skill: 0 }), documents: sdft() },
  },
  ({ dial, documents }) => damage(dial) - damage(documents),
);
