import { AT_PLANS, claim, greaterThan, inSetup, planIsUsed, planUseGain, rl } from '../src/index.ts';

/**
 * PL2  The more characters plan, the less it spreads when one more is taught to: who plans is then a gate by character, which one
 *      more name can be put through.
 * Prediction  rise of plan use in bystanders that ignore their plans, a quarter plans - half plan > 0.05
 * Refuted if  the 95 % interval lies wholly below 0.05
 */
export default claim(
  import.meta.url,
  {
    id: 'PL2',
    statement: 'Plan following spreads less where half of the characters plan than where a quarter does',
    setup: 'plansFew',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'rise of plan use by RL in bystanders that ignore their plans, where a quarter of the others plan less where half do',
    unit: 'probability',
    prediction: greaterThan(0.05),
    interest: 0.15,
    mind: [
      'An eighth was too few: most bases did not learn from documents alone who plans.',
      'Where a quarter plans, planners of whom documents alone tell follow plans less than where half do; the claim reads those who are shown.',
      'RL may take more steps where few plan; the same at equal steps stands beside.',
    ],
    targets: 2,
    arms: { few: rl({ skill: 0 }), half: inSetup('plansKnown', rl({ skill: 0 })) },
    measures: ['plans'],
    contrast: { of: ['few', 'half'], at: [...AT_PLANS.ignorers, 'spoken'], number: 'spread' },
    premises: [
      {
        text: 'the target does what its plans say, in both: a use of at least 0.6',
        holds: ({ few, half }) => planIsUsed(few) && planIsUsed(half),
      },
    ],
  },
  ({ few, half }) => planUseGain(few, 'ignorers') - planUseGain(half, 'ignorers'),
);
