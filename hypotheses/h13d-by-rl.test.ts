import { claim, greaterThan, leftWithout, rl, writtenAt } from '../src/index.ts';

/**
 * H13d  The same by RL, which may write a behaviour that others have at several parts at once.
 * Prediction  what is left without the change at the name, RL(s = 1) - RL(s = 0) > 0
 * Refuted if  the 95 % interval lies wholly below 0
 */
export default claim(
  import.meta.url,
  {
    id: 'H13d',
    statement:
      'RL of a new skill needs less of a change where the name is read than RL of a behaviour that others have',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "share of the rise of the trained token in the target's dialogues that is left with base weights at the start and the name and tuned ones elsewhere, by RL at s = 1 less at s = 0",
    unit: 'share of the rise',
    prediction: greaterThan(0),
    interest: 0.2,
    mind: [
      'The trained behaviour is a new operation and a new mapping of its symbols: a mapping that is done on the own operation counts as not done, so what is left is a lower bound for the mapping.',
      'On development seeds RL at s = 0 left .60, .67, .98 and .74: where it writes the same at several parts, none of them is needed.',
      'Declared when other readings of these runs were known (H6: the skill spreads, which nearly implies that it is not bound to the name); where they are written was read on development seeds alone.',
    ],
    targets: 2,
    arms: { skill: rl({ skill: 1 }), dial: rl({ skill: 0 }) },
    measures: ['grafts'],
    premises: [
      {
        text: 'the trained token rises in the target by at least 0.1 by each arm',
        holds: (arms) => Object.values(arms).every((arm) => writtenAt(arm).rise >= 0.1),
      },
      {
        text: 'the same change, shuffled within each matrix, does nothing: less than 0.05 of the rise',
        holds: (arms) => Object.values(arms).every((arm) => Math.abs(writtenAt(arm).shuffled) < 0.05),
      },
    ],
  },
  ({ skill, dial }) => leftWithout(skill, ['name']) - leftWithout(dial, ['name']),
);
