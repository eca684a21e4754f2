import { AT_PLANS, claim, greaterThan, planUse, planUseGain, rl, sft } from '../src/index.ts';

/**
 * PL4  Where plan following is new, RL spreads it further than demonstrations of it do.
 * Prediction  rise of plan use in bystanders that ignore their plans, RL - SFT > 0.05, nobody plans in pretraining
 * Refuted if  the 95 % interval lies wholly below 0.05
 */
export default claim(
  import.meta.url,
  {
    id: 'PL4',
    statement: 'Where following plans is new, RL spreads it further than demonstrations do',
    setup: 'plansNew',
    from: 'standard',
    family: 'exploratory',
    estimand: 'rise of plan use in bystanders that ignore their plans, by RL less by SFT, where nobody follows plans',
    unit: 'probability',
    prediction: greaterThan(0.05),
    interest: 0.15,
    mind: [
      'RL takes some three times as many steps: on other seeds nothing was left at equal steps and at equal KL of the target, which stand beside.',
      'Neither comes to its level on every target; those runs end where they were best.',
    ],
    targets: 2,
    arms: { reward: rl({ skill: 0 }), demonstrations: sft({ skill: 0 }) },
    mayFallShort: ['reward', 'demonstrations'],
    measures: ['plans'],
    contrast: { of: ['reward', 'demonstrations'], at: [...AT_PLANS.ignorers, 'spoken'], number: 'spread' },
    premises: [
      {
        text: 'the target does what its plans say: a use of at least 0.6 by RL, and of 0.4 by demonstrations',
        holds: ({ reward, demonstrations }) =>
          planUse(reward, 'target') >= 0.6 && planUse(demonstrations, 'target') >= 0.4,
      },
    ],
  },
  ({ reward, demonstrations }) => planUseGain(reward, 'ignorers') - planUseGain(demonstrations, 'ignorers'),
);
