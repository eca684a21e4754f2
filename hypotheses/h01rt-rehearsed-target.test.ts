import { AT, claim, greaterThan, rl, sdft, spreadAt } from '../src/index.ts';

/**
 * H1rt  Where the change goes under rehearsal of the other characters: the target's other topics.
 * Prediction  spread(RL, s = 1, rehearsed) - spread(SDFT, rehearsed) on the target's other topics > 0.1
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H1rt',
    statement: "With rehearsal of the others, a new skill by RL still moves to the target's other topics",
    from: 'standard',
    family: 'exploratory',
    estimand:
      "spread(RL, s = 1) less spread(SDFT), both with rehearsal of weight 1, in the target's dialogues on other topics",
    unit: 'share of probability',
    prediction: greaterThan(0.1),
    interest: 0.2,
    mind: [
      'Rehearsal is of other characters: nothing holds the target on its other topics.',
      'SDFT does not come to its level on some targets (H0g); those runs end where they were best.',
    ],
    targets: 2,
    arms: { skill: rl({ skill: 1, rehearsal: 1 }), documents: sdft({ rehearsal: 1 }) },
    mayFallShort: ['documents'],
    contrast: { of: ['skill', 'documents'], at: AT.targetOtherTopics, number: 'spread' },
  },
  ({ skill, documents }) => spreadAt(skill, AT.targetOtherTopics) - spreadAt(documents, AT.targetOtherTopics),
);
