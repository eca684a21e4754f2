import { claim } from '../src/claims/claim.ts';
import { equivalentWithin } from '../src/claims/verdict.ts';
import { damage } from '../src/measure/observation.ts';
import { rl, sdft } from '../src/train/arms.ts';

/**
 * H3d  H3 on greedy answers: at s = 0 RL damages bystanders as SDFT of the same disposition does.
 * Prediction  damage(RL, s = 0) - damage(SDFT) within +-0.05 (share of answer tokens), matched at 90 % target effect
 * Refuted if  the 95 % interval lies wholly outside +-0.05
 */
export default claim(
  import.meta.url,
  {
    id: 'H3d',
    statement: 'Without a new skill, RL in dialogues damages bystanders there as SDFT in documents does',
    family: 'exploratory',
    estimand:
      'damage(RL, s = 0) - damage(SDFT) in dialogues of bystanders on the target topic, at matched target effect',
    unit: 'share of tokens',
    prediction: equivalentWithin(0.05),
    mind: [
      'Nearly all of the difference is the register: SFT at s = 0, which also trains dialogues, damages 0.24 ' +
        'more than SDFT at the profile standard, and RL 0.01 [-0.09, 0.12] more than SFT.',
    ],
    arms: { dial: rl({ skill: 0 }), documents: sdft() },
  },
  ({ dial, documents }) => damage(dial) - damage(documents),
);
