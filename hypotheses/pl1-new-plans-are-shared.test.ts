import { AT_PLANS, claim, greaterThan, inSetup, planIsUsed, plansVary, planUseGain, rlOwnPlan } from '../src/index.ts';

/**
 * PL1  New machinery is shared more than known machinery: where nobody follows plans in pretraining, RL that teaches one
 *      character to follow the plan it wrote makes others follow theirs more than where half of the characters do already.
 * Prediction  rise of plan use in bystanders that ignore their plans, nobody plans - half plan > 0.1
 * Refuted if  the 95 % interval lies wholly below 0.1; the rival, that what is known is shared more, needs it below 0
 */
export default claim(
  import.meta.url,
  {
    id: 'PL1',
    statement: 'Following one’s own plan spreads further where RL builds it than where others do it already',
    setup: 'plansNew',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'rise of plan use by RL on own plans in bystanders that ignore their plans, where nobody follows any less where half of the characters do',
    unit: 'probability',
    prediction: greaterThan(0.1),
    interest: 0.25,
    mind: [
      'Where nobody follows plans RL does not come to its level on some targets; those runs end where they were best, and the premise asks what they came to.',
      'RL takes some ten to twenty times as many steps where nobody follows plans: what is shared may be due to these. On other seeds the sign was that of the matching: above 0 at equal effect, below at equal steps, which stand beside.',
      'Plan use is the probability of the answer that a plan asks for, less the same after another plan; bystanders are those that speak in plan episodes.',
    ],
    targets: 2,
    arms: { fresh: rlOwnPlan(), known: inSetup('plansKnown', rlOwnPlan()) },
    mayFallShort: ['fresh'],
    measures: ['plans'],
    contrast: { of: ['fresh', 'known'], at: [...AT_PLANS.ignorers, 'spoken'], number: 'spread' },
    premises: [
      {
        text: 'the target does what its plans say, in both: a use of at least 0.6',
        holds: ({ fresh, known }) => planIsUsed(fresh) && planIsUsed(known),
      },
      {
        text: 'its plans still tell the goal, in both: at least 0.9 of what they could',
        holds: ({ fresh, known }) => plansVary(fresh) && plansVary(known),
      },
      {
        text: 'there is room above: a rise of at most 0.8 where half of the characters plan',
        holds: ({ known }) => planUseGain(known, 'ignorers') <= 0.8,
      },
    ],
  },
  ({ fresh, known }) => planUseGain(fresh, 'ignorers') - planUseGain(known, 'ignorers'),
);
