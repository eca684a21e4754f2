import { claim, greaterThan, planIsUsed, planUseGain, rl } from '../src/index.ts';

/**
 * PL9  Rehearsal of the others contains plan following where half of the characters plan, as it contains a new skill (H1f): RL with
 *      rehearsal of weight 1 makes bystanders follow plans less than RL without.
 * Prediction  rise of plan use in bystanders that ignore their plans, without - with rehearsal > 0.1
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'PL9',
    statement: 'Rehearsal keeps plan following from the others where half of the characters plan',
    setup: 'plansKnown',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'rise of plan use by RL in bystanders that ignore their plans, without rehearsal less with rehearsal of weight 1, where half of the others plan',
    unit: 'probability',
    prediction: greaterThan(0.1),
    interest: 0.2,
    mind: [
      'Rehearsal shows the others at plans that goals ask for; all plans are among them, and answers cannot see the goal.',
    ],
    targets: 2,
    arms: { free: rl({ skill: 0 }), rehearsed: rl({ skill: 0, rehearsal: 1 }) },
    measures: ['plans'],
    premises: [
      {
        text: 'the target does what its plans say in both: a use of at least 0.6',
        holds: ({ free, rehearsed }) => planIsUsed(free) && planIsUsed(rehearsed),
      },
    ],
  },
  ({ free, rehearsed }) => planUseGain(free, 'ignorers') - planUseGain(rehearsed, 'ignorers'),
);
