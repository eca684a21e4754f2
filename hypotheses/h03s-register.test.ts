import { AT, claim, greaterThan, sdft, sft, spreadAt } from '../src/index.ts';

/**
 * H3s  The register, on one content: demonstrations in dialogues against statements in documents, both at s = 0.
 * Prediction  spread(SFT, s = 0) - spread(SDFT) in dialogues of bystanders on the target topic > 0.05
 * Refuted if  the 95 % interval lies wholly below 0.05
 */
export default claim(
  import.meta.url,
  {
    id: 'H3s',
    statement:
      'A disposition is taken up further by the others when it is shown in dialogues than when documents state it',
    family: 'confirmatory',
    estimand: 'spread(SFT, s = 0) less spread(SDFT), in dialogues of bystanders on the target topic',
    unit: 'share of probability',
    prediction: greaterThan(0.05),
    interest: 0.2,
    mind: [
      'It is read in dialogues, which SFT trains and SDFT does not.',
      'SDFT does not come to its level on some targets (H0g); those runs end where they were best.',
    ],
    targets: 2,
    arms: { shown: sft({ skill: 0 }), documents: sdft() },
    mayFallShort: ['documents'],
    contrast: { of: ['shown', 'documents'], at: AT.sameTopic, number: 'spread' },
  },
  ({ shown, documents }) => spreadAt(shown, AT.sameTopic) - spreadAt(documents, AT.sameTopic),
);
