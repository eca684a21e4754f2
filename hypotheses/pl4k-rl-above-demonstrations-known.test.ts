import { AT_PLANS, claim, greaterThan, planIsUsed, planUseGain, rl, sft } from '../src/index.ts';

/**
 * PL4k  The same where half of the characters follow plans already: RL spreads it further than demonstrations do.
 * Prediction  rise of plan use in bystanders that ignore their plans, RL - SFT > 0.05
 * Refuted if  the 95 % interval lies wholly below 0.05
 */
export default claim(
  import.meta.url,
  {
    id: 'PL4k',
    statement: 'Where half of the characters follow plans, RL spreads it further than demonstrations do',
    setup: 'plansKnown',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'rise of plan use in bystanders that ignore their plans, by RL less by SFT, where half of the others plan',
    unit: 'probability',
    prediction: greaterThan(0.05),
    interest: 0.15,
    mind: ['Both take some ten to thirty steps here; at equal effect, steps and target KL it stands beside.'],
    targets: 2,
    arms: { reward: rl({ skill: 0 }), demonstrations: sft({ skill: 0 }) },
    measures: ['plans'],
    contrast: { of: ['reward', 'demonstrations'], at: [...AT_PLANS.ignorers, 'spoken'], number: 'spread' },
    premises: [
      {
        text: 'the target does what its plans say by both: a use of at least 0.6',
        holds: ({ reward, demonstrations }) => planIsUsed(reward) && planIsUsed(demonstrations),
      },
    ],
  },
  ({ reward, demonstrations }) => planUseGain(reward, 'ignorers') - planUseGain(demonstrations, 'ignorers'),
);
