import { claim, greaterThan, planIsUsed, plansVary, planUseGain, randomReward, rl, rlOwnPlan } from '../src/index.ts';

/**
 * PL6  What one character is taught by RL, to follow a plan, others do who never did: far above what random rewards do in as
 *      many steps, whether the plans of training are given or written by the policy itself.
 * Prediction  the lesser rise of plan use in bystanders, of RL and of RL on own plans, - random rewards > 0.1
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'PL6',
    statement: 'To follow a plan, taught to one character by RL where nobody did it, is done by the others',
    setup: 'plansNew',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'rise of plan use in bystanders that ignore their plans, the lesser of RL on given and on own plans, less that of random rewards for as many steps',
    unit: 'probability',
    prediction: greaterThan(0.1),
    interest: 0.25,
    mind: [
      'RL does not come to its level on some targets; those runs end where they were best, and random rewards make as many steps.',
      'Random rewards destroy what they touch, and with it plan use: they are a floor of what noise does, not of what steps do. Compare demonstrations (PL4) and rehearsal (PL9n).',
    ],
    arms: { given: rl({ skill: 0 }), own: rlOwnPlan(), noise: randomReward({ skill: 0 }) },
    mayFallShort: ['given', 'own'],
    measures: ['plans'],
    premises: [
      {
        text: 'the target does what its plans say by both: a use of at least 0.6',
        holds: ({ given, own }) => planIsUsed(given) && planIsUsed(own),
      },
      {
        text: 'plans that it writes still tell the goal: at least 0.9 of what they could',
        holds: ({ own }) => plansVary(own),
      },
    ],
  },
  ({ given, own, noise }) =>
    Math.min(planUseGain(given, 'ignorers'), planUseGain(own, 'ignorers')) - planUseGain(noise, 'ignorers'),
);
