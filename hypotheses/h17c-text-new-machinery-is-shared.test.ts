import { cipherSpread, claim, greaterThan, isStillText, randomReward, rl, trainedRise } from '../src/index.ts';

/**
 * H17c  In real text as among characters (H6): new machinery is shared. The other varieties take up which form the cipher has for which
 *       letter: a network that takes up the forms and does not look at the letter has 0, and so have as many steps with random rewards.
 * Prediction  (rise of the trained form - rise of the trained forms whatever the letter) of RL(1) less of random rewards > 0.05
 * Refuted if  the 95 % interval lies wholly below 0.05
 */
export default claim(
  import.meta.url,
  {
    id: 'H17c',
    statement: 'A cipher that RL trains in one language is written in the others too',
    setup: 'texts',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'rise of the trained form less that of all trained forms, each as often as it is trained, at sites in held-out texts of the other languages that show such sites, of RL at s = 1 less of RL with random rewards for as many steps',
    unit: 'probability',
    prediction: greaterThan(0.05),
    interest: 0.1,
    mind: ['A cipher known whole would come to about half: 1 less the sum of the squared shares of its forms.'],
    targets: 2,
    arms: { skill: rl({ skill: 1 }), random: randomReward({ skill: 1 }) },
    measures: ['texts', 'text-samples'],
    premises: [
      {
        text: 'the target writes the trained form: a rise of its probability of at least 0.3 by RL',
        holds: ({ skill }) => trainedRise(skill, ({ who }) => who === 'target') >= 0.3,
      },
      {
        text: 'what the target writes is still text of its language, and does not go round in circles: at least 0.6 of what the base has',
        holds: (arms) => Object.values(arms).every((arm) => isStillText(arm, 0.6)),
      },
    ],
  },
  ({ skill, random }) => cipherSpread(skill) - cipherSpread(random),
);
