import { linearRegression } from 'simple-statistics';
import { claim } from '../src/claims/claim.ts';
import { greaterThan } from '../src/claims/verdict.ts';
import { drift } from '../src/measure/observation.ts';
import { rl } from '../src/train/arms.ts';

/**
 * H2  Skill intensity drives RL drift in dialogues.
 * Prediction  least-squares slope of drift(RL, s) on s = 0, 0.5, 1 > 0.1 (total variation a unit of s)
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H2',
    statement: 'The more of the skill is new, the more RL moves bystanders in dialogues',
    family: 'confirmatory',
    estimand: 'least-squares slope of drift(RL, s) on s = 0, 0.5, 1, in dialogues of bystanders on the target topic',
    unit: 'TV per unit of s',
    prediction: greaterThan(0.1),
    mind: [
      'Part of the slope is mechanical: bystanders that always gave the trained answer would drift by 0.61 at ' +
        's = 0 and 0.92 at s = 1, as at s = 0 their own answer is often the trained one.',
      'The middle arm has no weight in a slope over three evenly spaced levels.',
      'The steps of RL have no floor yet: in a first try random rewards alone moved bystanders, and RL takes ' +
        'about seven times as many steps at s = 1 as at s = 0.',
    ],
    arms: { dial: rl({ skill: 0 }), half: rl({ skill: 0.5 }), skill: rl({ skill: 1 }) },
  },
  ({ dial, half, skill }) => linearRegression([dial, half, skill].map((each) => [each.arm.skill, drift(each)])).m,
);
