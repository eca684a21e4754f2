import { AT, claim, greaterThan, rl, sdft, spreadAt } from '../src/index.ts';

/**
 * H1b  H1 at the learning rates with which each method reaches its level on every development run in the fewest
 *     steps: 2e-4 for SDFT, 5e-4 for RL.
 * Prediction  spread(RL, s = 1, rate 5e-4) - spread(SDFT, rate 2e-4) in dialogues of bystanders on the target topic >
 *             0.1
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H1b',
    statement:
      'At the learning rate that suits each method best, too, the others take up less of SDFT than of a new skill by RL',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'spread(RL, s = 1) less spread(SDFT), each at its own learning rate, in dialogues of bystanders on the target topic',
    unit: 'share of probability',
    prediction: greaterThan(0.1),
    interest: 0.3,
    mind: ['SDFT does not come to its level on some targets (H0g); those runs end where they were best.'],
    targets: 2,
    arms: { skill: rl({ skill: 1, learningRate: 0.0005 }), documents: sdft() },
    mayFallShort: ['documents'],
    contrast: { of: ['skill', 'documents'], at: AT.sameTopic, number: 'spread' },
  },
  ({ skill, documents }) => spreadAt(skill, AT.sameTopic) - spreadAt(documents, AT.sameTopic),
);
