import { after, atTarget, claim, greaterThan, rl } from '../src/index.ts';

const skill = rl({ skill: 1 });
const other = atTarget(skill, 1);

/**
 * H6s  What bystanders took up of a new skill is there to be used: a second character learns it by RL in fewer steps where another
 *      one was taught it before.
 * Prediction  1 - steps of RL on the second after RL on the first / steps of RL on the second alone > 0.25
 * Refuted if  the 95 % interval lies wholly below 0.25
 */
export default claim(
  import.meta.url,
  {
    id: 'H6s',
    statement: 'A second character learns a new skill faster where another was taught it before',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'share of the steps of RL at s = 1 on a second target that are saved where RL taught the first one before',
    unit: 'share of steps',
    prediction: greaterThan(0.25),
    interest: 0.5,
    mind: ['Savings say that something useful is there, not what: moments of the optimiser start anew in both.'],
    arms: { first: skill, alone: other, second: after(skill, other) },
  },
  ({ alone, second }) => 1 - second.steps / alone.steps,
);
