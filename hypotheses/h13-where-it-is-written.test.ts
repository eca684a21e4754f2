import { claim, greaterThan, leftWithout, rl, sdft, writtenAt } from '../src/index.ts';

/**
 * H13  What documents change of a character needs a change where the name is read; a new skill by RL does not.
 * Prediction  what is left without the change at the name, RL(s = 1) - SDFT > 0.5
 * Refuted if  the 95 % interval lies wholly below 0.5
 */
export default claim(
  import.meta.url,
  {
    id: 'H13',
    statement: 'What documents change needs a change where the name is read, more than a new skill by RL does',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "share of the rise of the trained token in the target's dialogues that is left with base weights at the start and the name and tuned ones elsewhere, by RL at s = 1 less by SDFT",
    unit: 'share of the rise',
    prediction: greaterThan(0.5),
    interest: 0.7,
    mind: [
      'A skill that is done for the target alone would be near 0, as documents are: the difference could be 0.',
      'Documents hold no payload and no answer, so what these are read as cannot change by them; weights that all positions share can.',
      'The trained behaviour is a new operation and a new mapping of its symbols: a mapping that is done on the own operation counts as not done, so what is left is a lower bound for the mapping.',
      'The arms differ in content and in steps, some twenty times as many; H13e has one method. On development seeds SDFT for as many steps as RL took moved the target in three of four, and left 1.56, 1.01 and .01 of that: where it is overtrained it writes the same at several parts.',
      'Declared when other readings of these runs were known (H6: the skill spreads, which nearly implies that it is not bound to the name); where they are written was read on development seeds alone.',
    ],
    targets: 2,
    arms: { skill: rl({ skill: 1 }), documents: sdft() },
    mayFallShort: ['documents'],
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
  ({ skill, documents }) => leftWithout(skill, ['name']) - leftWithout(documents, ['name']),
);
