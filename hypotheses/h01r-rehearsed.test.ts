import { AT, claim, greaterThan, rl, sdft, spreadAt } from '../src/index.ts';

/**
 * H1r  H1 outlives rehearsal of the other characters (weight 1 in both arms).
 * Prediction  spread(RL, s = 1, rehearsed) - spread(SDFT, rehearsed) in dialogues of bystanders on the target topic >
 *             0.05
 * Refuted if  the 95 % interval lies wholly below 0.05
 */
export default claim(
  import.meta.url,
  {
    id: 'H1r',
    statement: 'With rehearsal, too, the others take up less of SDFT than of a new skill by RL',
    from: 'standard',
    family: 'exploratory',
    estimand:
      'spread(RL, s = 1) less spread(SDFT), both with rehearsal of weight 1, in dialogues of bystanders on the target topic',
    unit: 'share of probability',
    prediction: greaterThan(0.05),
    interest: 0.1,
    mind: [
      'The same weight is not the same strength in both: gradients of policies are smaller than those of documents.',
      'Where the change goes instead: H1rt and H1h.',
      'SDFT does not come to its level on some targets (H0g); those runs end where they were best.',
    ],
    targets: 2,
    arms: { skill: rl({ skill: 1, rehearsal: 1 }), documents: sdft({ rehearsal: 1 }) },
    mayFallShort: ['documents'],
    contrast: { of: ['skill', 'documents'], at: AT.sameTopic, number: 'spread' },
  },
  ({ skill, documents }) => spreadAt(skill, AT.sameTopic) - spreadAt(documents, AT.sameTopic),
);
