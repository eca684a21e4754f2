import { bitsLost, claim, conventionSpread, greaterThan, isStillText, rl, trainedRise } from '../src/index.ts';

/**
 * T1  Spread is not forgetting: where rehearsal keeps the text of the other varieties, RL of a new skill still changes their sites.
 * Prediction  spread of RL(1) with rehearsal of weight 0.25 > 0.1 at sites of the trained kind in held-out texts of the other languages
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'T1',
    statement: 'Where rehearsal keeps the other languages, RL of a new skill still changes how they are written',
    setup: 'texts',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'spread, the rise of the trained form at sites of the trained kind where it is not the own one, in held-out texts of the other languages, of RL at s = 1 with rehearsal of weight 0.25',
    unit: 'probability',
    prediction: greaterThan(0.1),
    interest: 0.2,
    mind: ['Rehearsal shows those sites, too, but for languages whose form documents alone tell.'],
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
  ({ rehearsed }) => conventionSpread(rehearsed),
);
