import { AT, claim, greaterThan, rl, sdft, spreadAt } from '../src/index.ts';

/**
 * H1s  H1 at equal steps: SDFT that goes on for as long as RL needs for the new skill.
 * Prediction  spread(RL, s = 1) - spread(SDFT for RL's steps) in dialogues of bystanders on the target topic > 0.1
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H1s',
    statement: 'With as many steps as RL takes, SDFT is still taken up less by the others',
    from: 'standard',
    family: 'exploratory',
    estimand: "spread(RL, s = 1) less spread(SDFT for RL's steps), in dialogues of bystanders on the target topic",
    unit: 'share of probability',
    prediction: greaterThan(0.1),
    interest: 0.3,
    mind: ['SDFT is then trained far beyond its level, and its target effect may fall again.'],
    targets: 2,
    arms: { skill: rl({ skill: 1 }), documents: sdft({ stepsOfRl: 1 }) },
  },
  ({ skill, documents }) => spreadAt(skill, AT.sameTopic) - spreadAt(documents, AT.sameTopic),
);
