import { AT, claim, continued, greaterThan, randomReward, rl, spreadAt } from '../src/index.ts';

/**
 * H6  New machinery is shared by default: without rehearsal bystanders do the new skill on topics on which nobody was
 *     trained, far above what random rewards and continued pretraining do in as many steps.
 * Prediction  spread(RL, s = 1) on other topics - the larger of the floors > 0.2
 * Refuted if  the 95 % interval lies wholly below 0.2
 */
export default claim(
  import.meta.url,
  {
    id: 'H6',
    statement: 'A new skill that one character is taught by RL is done by the others on other topics',
    family: 'confirmatory',
    estimand:
      'spread(RL, s = 1) less the larger of random rewards and continued pretraining for as many steps, in dialogues of bystanders on other topics',
    unit: 'share of probability',
    prediction: greaterThan(0.2),
    interest: 0.4,
    mind: ['A narrow solution exists and is found when others are held: H9.'],
    targets: 2,
    arms: { skill: rl({ skill: 1 }), noise: randomReward({ skill: 1 }), floor: continued({ skill: 1 }) },
  },
  ({ skill, noise, floor }) =>
    spreadAt(skill, AT.otherTopics) - Math.max(spreadAt(noise, AT.otherTopics), spreadAt(floor, AT.otherTopics)),
);
