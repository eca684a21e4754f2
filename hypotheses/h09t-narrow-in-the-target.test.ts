import { AT, claim, lessThan, rl, spreadAt } from '../src/index.ts';

/**
 * H9t  The narrow solution in the target itself: its other topics, which the KL term on bystanders does not look at.
 * Prediction  spread(RL, s = 1, KL on bystanders) in the target's dialogues on other topics < 0.1
 * Refuted if  the 95 % interval lies wholly above 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H9t',
    statement: "RL that holds the others leaves the target's other topics as they are, too",
    from: 'standard',
    family: 'exploratory',
    estimand: "spread(RL, s = 1, KL of weight 1 on bystanders), in the target's dialogues on other topics",
    unit: 'share of probability',
    prediction: lessThan(0.1),
    interest: 0.05,
    targets: 2,
    arms: { held: rl({ skill: 1, bystanderKl: 1 }) },
  },
  ({ held }) => spreadAt(held, AT.targetOtherTopics),
);
