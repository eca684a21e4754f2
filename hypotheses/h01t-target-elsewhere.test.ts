import { AT, claim, greaterThan, rl, sdft, spreadAt } from '../src/index.ts';

/**
 * H1t  H1 in the target's own dialogues on other topics.
 * Prediction  spread(RL, s = 1) - spread(SDFT) on the target's other topics > 0.1
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H1t',
    statement: 'On its other topics the target itself changes less by SDFT than by a new skill from RL',
    family: 'exploratory',
    estimand: "spread(RL, s = 1) less spread(SDFT), in the target's dialogues on other topics",
    unit: 'share of probability',
    prediction: greaterThan(0.1),
    interest: 0.3,
    mind: [
      'The two arms teach different contents in different forms: H7 compares methods on one content, H3s forms on another.',
      'SDFT does not come to its level on some targets (H0g); those runs end where they were best.',
    ],
    targets: 2,
    arms: { skill: rl({ skill: 1 }), documents: sdft() },
    mayFallShort: ['documents'],
    contrast: { of: ['skill', 'documents'], at: AT.targetOtherTopics, number: 'spread' },
  },
  ({ skill, documents }) => spreadAt(skill, AT.targetOtherTopics) - spreadAt(documents, AT.targetOtherTopics),
);
