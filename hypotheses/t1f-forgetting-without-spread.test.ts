import { bitsLost, claim, conventionSpread, equivalentWithin, randomReward } from '../src/index.ts';

/**
 * T1f  Forgetting is not spread: RL with random rewards damages the text of the other varieties, and leaves the trained form where it was.
 * Prediction  |spread of RL with random rewards| < 0.1, for as many steps as RL at s = 1
 * Refuted if  the 95 % interval lies wholly outside of [-0.1, 0.1]
 */
export default claim(
  import.meta.url,
  {
    id: 'T1f',
    statement: 'RL with random rewards damages the text of the other languages and spreads nothing',
    setup: 'texts',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'spread, the rise of the trained form at sites of the trained kind where it is not the own one, in held-out texts of the other languages, of RL with random rewards for as many steps as RL at s = 1',
    unit: 'probability',
    prediction: equivalentWithin(0.1),
    interest: 0,
    targets: 2,
    arms: { random: randomReward({ skill: 1 }) },
    measures: ['texts'],
    premises: [
      {
        text: 'the text of the other languages is damaged: at least 0.05 bits a token are lost',
        holds: ({ random }) => bitsLost(random) >= 0.05,
      },
    ],
  },
  ({ random }) => conventionSpread(random),
);
