import { after, atTarget, claim, greaterThan, planIsUsed, rl } from '../src/index.ts';

const skill = rl({ skill: 0 });
const other = atTarget(skill, 1);

/**
 * PL8  What spread is there to be used: a second character learns to follow plans in fewer steps where another one was taught
 *      to before it.
 * Prediction  1 - steps of RL on the second after RL on the first / steps of RL on the second alone > 0.25
 * Refuted if  the 95 % interval lies wholly below 0.25
 */
export default claim(
  import.meta.url,
  {
    id: 'PL8',
    statement: 'A second character learns to follow plans faster where another was taught it before',
    setup: 'plansNew',
    from: 'standard',
    family: 'exploratory',
    estimand: 'share of the steps of RL on a second target that are saved where RL taught the first one before',
    unit: 'share of steps',
    prediction: greaterThan(0.25),
    interest: 0.5,
    mind: [
      'It follows nearly from PL6: the second, a bystander of the first, begins with what spread to it. No arm teaches the first one something else before.',
      'Savings say that something useful is there, not what: moments of the optimiser start anew in both.',
      'Where the second alone never comes to its level its steps are those to where it was best: savings are then understated.',
    ],
    arms: { first: skill, alone: other, second: after(skill, other) },
    mayFallShort: ['first', 'alone'],
    measures: ['plans'],
    premises: [
      {
        text: 'both do what their plans say in the end, the first, and the second either way: a use of at least 0.6',
        holds: ({ first, alone, second }) => planIsUsed(first) && planIsUsed(alone) && planIsUsed(second),
      },
    ],
  },
  ({ alone, second }) => 1 - second.steps / alone.steps,
);
