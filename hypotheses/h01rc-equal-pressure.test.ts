import { AT, claim, greaterThan, rl, sdft, spreadAt } from '../src/index.ts';

/**
 * H1rc  H1r at equal pressure: the weight of rehearsal over the norm of the gradient that it works against is the
 *     same in both arms.
 * Prediction  spread(RL, s = 1, rehearsal 0.02) - spread(SDFT, rehearsal 4) in dialogues of bystanders on the target
 *             topic > 0.1
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H1rc',
    statement: 'Where rehearsal holds both as hard, the others take up less of SDFT than of a new skill by RL',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'spread(RL, s = 1) with rehearsal of weight 0.02 less spread(SDFT) with rehearsal of weight 4, in dialogues of bystanders on the target topic',
    unit: 'share of probability',
    prediction: greaterThan(0.1),
    interest: 0.3,
    mind: [
      'On four development seeds the first gradient of SDFT had a norm of 58 and that of RL at s = 1 one of 0.29: 200 times as much, as is the weight here. The norms change in the course of a run.',
      'SDFT does not come to its level on some targets (H0g); those runs end where they were best.',
    ],
    targets: 2,
    arms: { skill: rl({ skill: 1, rehearsal: 0.02 }), documents: sdft({ rehearsal: 4 }) },
    mayFallShort: ['documents'],
    contrast: { of: ['skill', 'documents'], at: AT.sameTopic, number: 'spread' },
  },
  ({ skill, documents }) => spreadAt(skill, AT.sameTopic) - spreadAt(documents, AT.sameTopic),
);
