import { claim, greaterThan, rl, writtenAt } from '../src/index.ts';

/**
 * H13d  It is what is taught and not how: RL that turns a dial writes it where the name is read, RL of a new skill does not.
 * Prediction  share of the target's rise that tuned weights at name and topic have, RL(s = 0) - RL(s = 1) > 0.2
 * Refuted if  the 95 % interval lies wholly below 0.2
 */
export default claim(
  import.meta.url,
  {
    id: 'H13d',
    statement: 'RL writes a behaviour that others have where the name is read, more than a new skill',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "Shapley share of the rise of the trained token in the target's dialogues that tuned weights at name and topic have, by RL at s = 0 less at s = 1",
    unit: 'share of the rise',
    prediction: greaterThan(0.2),
    interest: 0.35,
    mind: [
      'A new mapping has to be computed where the payload is known: its share at the name could be a half, where it takes the name to do it, and no more. H13g asks that alone.',
      'Declared when other readings of these runs were known; where they are written was read on development seeds alone.',
    ],
    arms: { dial: rl({ skill: 0 }), skill: rl({ skill: 1 }) },
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
  ({ dial, skill }) => writtenAt(dial, 'target').shares.name - writtenAt(skill, 'target').shares.name,
);
