import { AT, claim, greaterThan, randomReward, rl, sdft, sdftOn, spreadAt, targetEffect } from '../src/index.ts';

/**
 * H1o  H1 where nothing was trained: bystanders on other topics.
 * Prediction  spread(RL, s = 1) - spread(random rewards) - (spread(SDFT) - spread(neutral documents)) on other topics
 *             > 0.1
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H1o',
    statement: 'On other topics, too, the others take up less of SDFT than of a new skill by RL',
    family: 'confirmatory',
    estimand:
      'spread(RL, s = 1) above random rewards less spread(SDFT) above neutral documents, in dialogues of bystanders on other topics',
    unit: 'share of probability',
    prediction: greaterThan(0.1),
    interest: 0.3,
    mind: [
      'The two arms teach different contents in different forms: H7 compares methods on one content, H3s forms on another.',
      'SDFT does not come to its level on some targets (H0g); those runs end where they were best.',
    ],
    targets: 2,
    arms: { skill: rl({ skill: 1 }), noise: randomReward({ skill: 1 }), documents: sdft(), neutral: sdftOn('neutral') },
    mayFallShort: ['documents'],
    premises: [
      {
        text: 'SDFT moves the target: a target effect of at least 0.1',
        holds: ({ documents }) => targetEffect(documents) >= 0.1,
      },
      {
        text: 'RL teaches the target: a target effect of at least 0.5',
        holds: ({ skill }) => targetEffect(skill) >= 0.5,
      },
    ],
    contrast: { of: ['skill', 'documents'], at: AT.otherTopics, number: 'spread' },
  },
  ({ skill, noise, documents, neutral }) =>
    spreadAt(skill, AT.otherTopics) -
    spreadAt(noise, AT.otherTopics) -
    (spreadAt(documents, AT.otherTopics) - spreadAt(neutral, AT.otherTopics)),
);
