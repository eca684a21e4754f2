import { AT, claim, greaterThan, rl, sft, spreadAt } from '../src/index.ts';

/**
 * H4  The interaction of method and skill, where there is room: RL against SFT at s = 0.5 and at s = 0.
 * Prediction  (spread(RL) - spread(SFT) at s = 0.5) - (the same at s = 0) on other topics > 0
 * Refuted if  the 95 % interval lies wholly below 0
 */
export default claim(
  import.meta.url,
  {
    id: 'H4',
    statement: 'What RL spreads beyond demonstrations grows with how much is new',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'spread(RL) less spread(SFT) at s = 0.5, less the same at s = 0, in dialogues of bystanders on other topics',
    unit: 'share of probability',
    prediction: greaterThan(0),
    interest: 0.1,
    targets: 2,
    arms: {
      rewardedHalf: rl({ skill: 0.5 }),
      shownHalf: sft({ skill: 0.5 }),
      rewardedDial: rl({ skill: 0 }),
      shownDial: sft({ skill: 0 }),
    },
  },
  ({ rewardedHalf, shownHalf, rewardedDial, shownDial }) =>
    spreadAt(rewardedHalf, AT.otherTopics) -
    spreadAt(shownHalf, AT.otherTopics) -
    (spreadAt(rewardedDial, AT.otherTopics) - spreadAt(shownDial, AT.otherTopics)),
);
