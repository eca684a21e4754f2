import { AT, claim, equivalentWithin, rl, sft, spreadAt } from '../src/index.ts';

/**
 * H3  At s = 0 the others take up as much of a disposition by RL as by demonstrations of it.
 * Prediction  spread(RL, s = 0) - spread(SFT, s = 0) in dialogues of bystanders on the target topic within +-0.15
 * Refuted if  the 95 % interval lies wholly outside +-0.15
 */
export default claim(
  import.meta.url,
  {
    id: 'H3',
    statement: 'Without a new skill, RL spreads what it teaches as far as demonstrations of it do',
    family: 'exploratory',
    estimand: 'spread(RL, s = 0) less spread(SFT, s = 0), in dialogues of bystanders on the target topic',
    unit: 'share of probability',
    prediction: equivalentWithin(0.15),
    interest: 0,
    mind: [
      'Bases differ much in what RL at s = 0 spreads, so that an equivalence needs more replicates than the standard profile has.',
    ],
    targets: 2,
    arms: { rewarded: rl({ skill: 0 }), shown: sft({ skill: 0 }) },
    contrast: { of: ['rewarded', 'shown'], at: AT.sameTopic, number: 'spread' },
  },
  ({ rewarded, shown }) => spreadAt(rewarded, AT.sameTopic) - spreadAt(shown, AT.sameTopic),
);
