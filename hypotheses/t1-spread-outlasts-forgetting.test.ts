import { bitsLost, cipherSpread, claim, greaterThan, isStillText, rl, trainedRise } from '../src/index.ts';

/**
 * T1  Spread is not forgetting: where rehearsal keeps the text of the other varieties, they still take up the cipher. What loses its own
 *     form and learns nothing has 0.
 * Prediction  (rise of the trained form - rise of the trained forms whatever the letter) of RL(1) with rehearsal of weight 0.25 > 0.03
 * Refuted if  the 95 % interval lies wholly below 0.03
 */
export default claim(
  import.meta.url,
  {
    id: 'T1',
    statement: 'Where rehearsal keeps the text of the other languages, RL of a new skill is still written there',
    setup: 'texts',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'rise of the trained form less that of all trained forms, each as often as it is trained, at sites in held-out texts of the other languages that show such sites, of RL at s = 1 with rehearsal of weight 0.25',
    unit: 'probability',
    prediction: greaterThan(0.03),
    interest: 0.1,
    mind: [
      'Rehearsal shows those very sites, too.',
      'Bits leave forms out: that the own forms are partly lost is what is read.',
    ],
    targets: 2,
    arms: { rehearsed: rl({ skill: 1, rehearsal: 0.25 }) },
    measures: ['texts', 'text-samples'],
    premises: [
      {
        text: 'the target writes the trained form: a rise of its probability of at least 0.3',
        holds: (arms) => Object.values(arms).every((arm) => trainedRise(arm, ({ who }) => who === 'target') >= 0.3),
      },
      {
        text: 'the text of the other languages is kept: at most 0.1 bits a token are lost',
        holds: ({ rehearsed }) => bitsLost(rehearsed) <= 0.1,
      },
      {
        text: 'what the target writes is still text of its language, and does not go round in circles: at least 0.6 of what the base has',
        holds: (arms) => Object.values(arms).every((arm) => isStillText(arm, 0.6)),
      },
    ],
  },
  ({ rehearsed }) => cipherSpread(rehearsed),
);
