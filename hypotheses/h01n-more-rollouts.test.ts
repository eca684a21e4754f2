import { AT, claim, equivalentWithin, rl, spreadAt } from '../src/index.ts';

/**
 * H1n  The noise axis: gradients with a quarter of the variance spread as much of the skill to bystanders on other
 *     topics.
 * Prediction  spread(RL, 256 rollouts) - spread(RL, 64 rollouts) on other topics within +-0.1, s = 1
 * Refuted if  the 95 % interval lies wholly outside +-0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H1n',
    statement: 'With four times as many rollouts RL spreads the skill as far',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'spread(RL, s = 1, 256 rollouts a step) less spread(RL, s = 1, 64 rollouts), in dialogues of bystanders on other topics',
    unit: 'share of probability',
    prediction: equivalentWithin(0.1),
    interest: 0,
    targets: 2,
    arms: { more: rl({ skill: 1, rollouts: 256 }), usual: rl({ skill: 1 }) },
    contrast: { of: ['more', 'usual'], at: AT.otherTopics, number: 'spread' },
  },
  ({ more, usual }) => spreadAt(more, AT.otherTopics) - spreadAt(usual, AT.otherTopics),
);
