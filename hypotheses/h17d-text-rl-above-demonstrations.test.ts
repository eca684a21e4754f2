import { AT_TEXTS, claim, conventionSpread, greaterThan, isStillText, rl, sft, trainedRise } from '../src/index.ts';

/**
 * H17d  In real text: RL of a new skill moves the other varieties more than demonstrations of the same do, in as many steps.
 * Prediction  spread of RL(1) - SFT(1) > 0.05 at sites of the trained kind in held-out texts of the other languages
 * Refuted if  the 95 % interval lies wholly below 0.05
 */
export default claim(
  import.meta.url,
  {
    id: 'H17d',
    statement:
      'RL of a new skill changes how the other languages are written more than as many steps of demonstrations of it do',
    setup: 'texts',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'spread, the rise of the trained form where it is not the own one, in held-out texts of the other languages that show such sites, of RL at s = 1 less of SFT at s = 1 for as many steps',
    unit: 'probability',
    prediction: greaterThan(0.05),
    interest: 0.15,
    mind: [
      "Demonstrations show the target's running text beside its sites, RL is paid at sites alone: the method and what else is trained change together.",
      'RL stops at its level, SFT where RL did: it may have learnt more or less by then, and equal effect stands beside.',
      "Spread is read behind letters that stand before at least 1 % of the target's sites; at equal effect, steps and target KL behind all.",
    ],
    targets: 2,
    arms: { reward: rl({ skill: 1 }), demonstrations: sft({ skill: 1, stepsOfRl: 1 }) },
    measures: ['texts', 'text-samples'],
    contrast: { of: ['reward', 'demonstrations'], at: [...AT_TEXTS.bystanders, 'spoken'], number: 'spread' },
    premises: [
      {
        text: 'the target writes the trained form: a rise of its probability of at least 0.3 by each arm',
        holds: (arms) => Object.values(arms).every((arm) => trainedRise(arm, ({ who }) => who === 'target') >= 0.3),
      },
      {
        text: 'what the target writes is still text of its language, and does not go round in circles: at least 0.6 of what the base has',
        holds: (arms) => Object.values(arms).every((arm) => isStillText(arm, 0.6)),
      },
    ],
  },
  ({ reward, demonstrations }) => conventionSpread(reward) - conventionSpread(demonstrations),
);
