import { AT, claim, lessThan, rl, spreadAt } from '../src/index.ts';

/**
 * H9  A narrow solution exists: RL that holds the others by a KL term teaches the skill, and bystanders hardly take
 *     it up.
 * Prediction  spread(RL, s = 1, KL on bystanders) in their dialogues on the target topic < 0.1, at 90 % success in
 *             the target
 * Refuted if  the 95 % interval lies wholly above 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H9',
    statement: 'A new skill can be taught to one character alone',
    from: 'standard',
    family: 'confirmatory',
    estimand: 'spread(RL, s = 1, KL of weight 1 on bystanders), in dialogues of bystanders on the target topic',
    unit: 'share of probability',
    prediction: lessThan(0.1),
    interest: 0.05,
    mind: ["It holds bystanders where it looks; the target's other topics are H9t."],
    targets: 2,
    arms: { held: rl({ skill: 1, bystanderKl: 1 }) },
  },
  ({ held }) => spreadAt(held, AT.sameTopic),
);
