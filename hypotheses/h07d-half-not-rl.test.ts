import { AT, claim, equivalentWithin, rl, sft, spreadAt, spreadOfRoomAt } from '../src/index.ts';

/**
 * H7d  H7 at s = 0.5.
 * Prediction  spread(RL, s = 0.5) - spread(SFT, s = 0.5) on other topics within +-0.15, at 90 % success in the target
 * Refuted if  the 95 % interval lies wholly outside +-0.15
 */
export default claim(
  import.meta.url,
  {
    id: 'H7d',
    statement: 'A skill that is half new is taken up by the others as far from demonstrations as from RL',
    from: 'standard',
    family: 'exploratory',
    estimand: 'spread(RL, s = 0.5) less spread(SFT, s = 0.5), in dialogues of bystanders on other topics',
    unit: 'share of probability',
    prediction: equivalentWithin(0.15),
    interest: 0,
    mind: [
      'At equal effect RL takes two to five times as many steps as SFT; the page shows both at equal steps and at equal KL of the target.',
    ],
    targets: 2,
    arms: { rewarded: rl({ skill: 0.5 }), shown: sft({ skill: 0.5 }) },
    premises: [
      {
        text: 'both leave room: at most 80 % of what spread could be',
        holds: ({ rewarded, shown }) =>
          Math.max(spreadOfRoomAt(rewarded, AT.otherTopics), spreadOfRoomAt(shown, AT.otherTopics)) <= 0.8,
      },
    ],
    contrast: { of: ['rewarded', 'shown'], at: AT.otherTopics, number: 'spread' },
  },
  ({ rewarded, shown }) => spreadAt(rewarded, AT.otherTopics) - spreadAt(shown, AT.otherTopics),
);
