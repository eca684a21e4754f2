import { AT, claim, equivalentWithin, rl, sft, spreadAt } from '../src/index.ts';

/**
 * H7b  H7 at the learning rates with which each method reaches its level on every development run in the fewest
 *     steps: 1e-3 for SFT, 5e-4 for RL.
 * Prediction  spread(RL, s = 1, rate 5e-4) - spread(SFT, s = 1, rate 1e-3) on other topics within +-0.15
 * Refuted if  the 95 % interval lies wholly outside +-0.15
 */
export default claim(
  import.meta.url,
  {
    id: 'H7b',
    statement:
      'At the learning rate that suits each method best, too, a new skill is taken up as far from demonstrations as from RL',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'spread(RL, s = 1) less spread(SFT, s = 1), each at its own learning rate, in dialogues of bystanders on other topics',
    unit: 'share of probability',
    prediction: equivalentWithin(0.15),
    interest: 0,
    mind: ['Higher rates spread further in both methods: at 2e-4, the common rate, each spreads less.'],
    targets: 2,
    arms: { rewarded: rl({ skill: 1, learningRate: 0.0005 }), shown: sft({ skill: 1, learningRate: 0.001 }) },
    contrast: { of: ['rewarded', 'shown'], at: AT.otherTopics, number: 'spread' },
  },
  ({ rewarded, shown }) => spreadAt(rewarded, AT.otherTopics) - spreadAt(shown, AT.otherTopics),
);
