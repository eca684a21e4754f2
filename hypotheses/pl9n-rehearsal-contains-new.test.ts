import { claim, greaterThan, planIsUsed, planUseGain, rl } from '../src/index.ts';

/**
 * PL9n  Rehearsal of the others contains plan following where it is new: RL with rehearsal of weight 1 makes bystanders follow plans
 *       less than RL without.
 * Prediction  rise of plan use in bystanders that ignore their plans, without - with rehearsal > 0.1, nobody plans in pretraining
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'PL9n',
    statement: 'Rehearsal keeps plan following from the others where it is new',
    setup: 'plansNew',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'rise of plan use by RL in bystanders that ignore their plans, without rehearsal less with rehearsal of weight 1, where nobody follows plans',
    unit: 'probability',
    prediction: greaterThan(0.1),
    interest: 0.25,
    mind: [
      'RL does not come to its level on some targets; those runs end where they were best.',
      'Rehearsal shows the very episodes that are read; those who are never in one are read apart, in the table of plan use.',
    ],
    arms: { free: rl({ skill: 0 }), rehearsed: rl({ skill: 0, rehearsal: 1 }) },
    mayFallShort: ['free', 'rehearsed'],
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
