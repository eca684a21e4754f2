import { AT, claim, greaterThan, randomReward, rl, sdft, sdftOn, spreadAt, targetEffect } from '../src/index.ts';

/**
 * H1  In dialogues on the topic that is trained, bystanders take up less of what SDFT teaches one character than of a
 *     new skill that RL teaches it, each above its floor.
 * Prediction  (spread(RL, s = 1) - spread(random rewards)) - (spread(SDFT) - spread(neutral documents)) > 0.1, each at
 *             90 % success in the target or, where SDFT never comes to that in 400 steps, where it was best
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H1',
    statement: 'SDFT on one character is taken up less by the others than a new skill that RL teaches it',
    family: 'confirmatory',
    estimand:
      'spread(RL, s = 1) above random rewards less spread(SDFT) above neutral documents, in dialogues of bystanders on the target topic',
    unit: 'share of probability',
    prediction: greaterThan(0.1),
    interest: 0.3,
    mind: [
      'The two arms teach different contents in different forms: H7 compares methods on one content, H3s forms on another.',
      'At equal effect RL has taken many times as many steps as SDFT; H1s compares them at equal steps.',
      'SDFT does not come to its level on some targets (H0g); those runs end where they were best, and at equal effect RL is read where it had come as far.',
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
    contrast: { of: ['skill', 'documents'], at: AT.sameTopic, number: 'spread' },
  },
  ({ skill, noise, documents, neutral }) =>
    spreadAt(skill, AT.sameTopic) -
    spreadAt(noise, AT.sameTopic) -
    (spreadAt(documents, AT.sameTopic) - spreadAt(neutral, AT.sameTopic)),
);
