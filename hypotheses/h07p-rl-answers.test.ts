import { AT, claim, equivalentWithin, rl, sftOnRollouts, spreadAt } from '../src/index.ts';

/**
 * H7p  On-policy content without the policy gradient: SFT on what the network after RL answers.
 * Prediction  spread(SFT on RL's answers) - spread(RL, s = 1) on other topics within +-0.1
 * Refuted if  the 95 % interval lies wholly outside +-0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H7p',
    statement: "SFT on the answers of RL's own network spreads a new skill as RL does",
    from: 'standard',
    family: 'exploratory',
    estimand: "spread(SFT on RL's answers, s = 1) less spread(RL, s = 1), in dialogues of bystanders on other topics",
    unit: 'share of probability',
    prediction: equivalentWithin(0.1),
    interest: 0,
    mind: [
      "RL's network answers the trained token nearly always, so that its answers are demonstrations with a little noise.",
    ],
    targets: 2,
    arms: { copied: sftOnRollouts({ skill: 1 }), rewarded: rl({ skill: 1 }) },
    contrast: { of: ['copied', 'rewarded'], at: AT.otherTopics, number: 'spread' },
  },
  ({ copied, rewarded }) => spreadAt(copied, AT.otherTopics) - spreadAt(rewarded, AT.otherTopics),
);
