import { claim, greaterThan, leftWithout, rl, writtenAt } from '../src/index.ts';

/**
 * H13g  A new skill by RL is not bound to a change where the name is read.
 * Prediction  what is left without the change at the name, RL(s = 1) > 0.7
 * Refuted if  the 95 % interval lies wholly below 0.7
 */
export default claim(
  import.meta.url,
  {
    id: 'H13g',
    statement: 'A new skill by RL is done nearly whole without a change where the name is read',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "share of the rise of the trained token in the target's dialogues that is left with base weights at the start and the name and tuned ones elsewhere, by RL at s = 1",
    unit: 'share of the rise',
    prediction: greaterThan(0.7),
    interest: 0.85,
    mind: [
      'A skill that is private to the target would be near 0.',
      'Base weights at the name still say who speaks: weights elsewhere may have learnt to read that. This sees changes at the start and the name alone.',
      'The trained behaviour is a new operation and a new mapping of its symbols: a mapping that is done on the own operation counts as not done, so what is left is a lower bound for the mapping.',
      'Declared when other readings of these runs were known (H6: the skill spreads, which nearly implies that it is not bound to the name); where they are written was read on development seeds alone.',
    ],
    targets: 2,
    arms: { skill: rl({ skill: 1 }) },
    measures: ['grafts'],
    premises: [
      {
        text: 'the trained token rises in the target by at least 0.1',
        holds: (arms) => Object.values(arms).every((arm) => writtenAt(arm).rise >= 0.1),
      },
      {
        text: 'the same change, shuffled within each matrix, does nothing: less than 0.05 of the rise',
        holds: (arms) => Object.values(arms).every((arm) => Math.abs(writtenAt(arm).shuffled) < 0.05),
      },
    ],
  },
  ({ skill }) => leftWithout(skill, ['name']),
);
