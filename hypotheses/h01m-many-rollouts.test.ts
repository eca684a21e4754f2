import { AT, claim, equivalentWithin, rl, spreadAt } from '../src/index.ts';

/**
 * H1m  The far end of the noise axis (H1n): gradients with a sixteenth of the variance spread as much of the skill to
 *      bystanders on other topics.
 * Prediction  spread(RL, 1024 rollouts) - spread(RL, 64 rollouts) on other topics within +-0.1, s = 1
 * Refuted if  the 95 % interval lies wholly outside +-0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H1m',
    statement: 'With sixteen times as many rollouts RL spreads the skill as far',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'spread(RL, s = 1, 1024 rollouts a step) less spread(RL, s = 1, 64 rollouts), in dialogues of bystanders on other topics',
    unit: 'share of probability',
    prediction: equivalentWithin(0.1),
    interest: 0,
    mind: ['More rollouts reach the level in fewer steps: noise and steps fall together.'],
    targets: 2,
    arms: { most: rl({ skill: 1, rollouts: 1024 }), usual: rl({ skill: 1 }) },
    contrast: { of: ['most', 'usual'], at: AT.otherTopics, number: 'spread' },
  },
  ({ most, usual }) => spreadAt(most, AT.otherTopics) - spreadAt(usual, AT.otherTopics),
);
