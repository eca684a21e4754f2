import { claim, greaterThan, rl, sdft, writtenAt } from '../src/index.ts';

/**
 * H13  What documents change of a character is written where its name is read; a new skill by RL is not.
 * Prediction  share of the target's rise that tuned weights at name and topic have, SDFT - RL(s = 1) > 0.3
 * Refuted if  the 95 % interval lies wholly below 0.3
 */
export default claim(
  import.meta.url,
  {
    id: 'H13',
    statement: 'What documents change is written where the name is read, more than a new skill by RL is',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "Shapley share of the rise of the trained token in the target's dialogues that tuned weights at name and topic have, by SDFT less by RL at s = 1",
    unit: 'share of the rise',
    prediction: greaterThan(0.3),
    interest: 0.45,
    mind: [
      'A new mapping has to be computed where the payload is known: its share at the name could be a half, where it takes the name to do it, and no more. H13g asks that alone.',
      'The arms differ in content and in steps; H13d has one method, H13m one content.',
      'Declared when other readings of these runs were known; where they are written was read on development seeds alone.',
    ],
    arms: { documents: sdft(), skill: rl({ skill: 1 }) },
    mayFallShort: ['documents'],
    measures: ['grafts'],
    premises: [
      {
        text: 'the trained token rises in the target by at least 0.1 by each arm',
        holds: (arms) => Object.values(arms).every((arm) => writtenAt(arm, 'target').rise >= 0.1),
      },
      {
        text: 'the same change, shuffled within each matrix, does nothing: less than 0.05 of the rise',
        holds: (arms) => Object.values(arms).every((arm) => Math.abs(writtenAt(arm, 'target').shuffled) < 0.05),
      },
    ],
  },
  ({ documents, skill }) => writtenAt(documents, 'target').shares.name - writtenAt(skill, 'target').shares.name,
);
