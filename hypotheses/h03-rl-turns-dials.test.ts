import { claim } from '../src/claims/claim.ts';
import { equivalentWithin } from '../src/claims/verdict.ts';
import { drift } from '../src/measure/observation.ts';
import { rl, sdft } from '../src/train/arms.ts';

/**
 * H3  At s = 0 RL, which trains dialogues, moves bystanders in dialogues as SDFT of the same disposition, which trains
 *     documents, does.
 * Prediction  drift(RL, s = 0) - drift(SDFT) within +-0.05 (total variation), matched at 90 % target effect
 * Refuted if  the 95 % interval lies wholly outside +-0.05
 */
export default claim(
  import.meta.url,
  {
    id: 'H3',
    statement: 'Without a new skill, RL in dialogues moves what bystanders say there as SDFT in documents does',
    family: 'confirmatory',
    estimand: 'drift(RL, s = 0) - drift(SDFT) in dialogues of bystanders on the target topic, at matched target effect',
    unit: 'TV',
    prediction: equivalentWithin(0.05),
    mind: [
      'Two thirds of the difference is the register: SFT at s = 0, which also trains dialogues, drifts 0.14 ' +
        'TV more than SDFT at the profile standard, and RL 0.07 [-0.01, 0.15] more than SFT.',
      'The margin is too narrow for 12 replicates: an equivalence would hardly have been found had it been true.',
      'RL trains at temperature 2 and drift is measured at 1, where its tokens are twice as sure; H3d asks ' +
        'the same of greedy answers, which have no temperature.',
    ],
    arms: { dial: rl({ skill: 0 }), documents: sdft() },
  },
  ({ dial, documents }) => drift(dial) - drift(documents),
);
