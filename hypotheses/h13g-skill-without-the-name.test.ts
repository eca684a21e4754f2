import { claim, greaterThan, rl, writtenAt } from '../src/index.ts';

/**
 * H13g  A new skill by RL is not gated by the name: with the base's weights at name and topic, where nothing of the change is then
 *       read from, most of it is done all the same.
 * Prediction  share of the target's rise that is left with base weights at name and topic, RL(s = 1) > 0.5
 * Refuted if  the 95 % interval lies wholly below 0.5
 */
export default claim(
  import.meta.url,
  {
    id: 'H13g',
    statement: 'A new skill by RL is done without anything of it at the name',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "share of the rise of the trained token in the target's dialogues that is left with base weights at name and topic and tuned ones elsewhere, by RL at s = 1",
    unit: 'share of the rise',
    prediction: greaterThan(0.5),
    interest: 0.7,
    mind: [
      'A skill that is private to the target would be near 0: base weights at the name say nothing new of it.',
      'What base weights write at the name may serve as a gate, too, if tuned weights elsewhere have learnt to read it: this sees changes at the name alone.',
      'Declared when other readings of these runs were known; where they are written was read on development seeds alone.',
    ],
    arms: { skill: rl({ skill: 1 }) },
    measures: ['grafts'],
    premises: [
      {
        text: 'the trained token rises in the target by at least 0.1',
        holds: ({ skill }) => writtenAt(skill, 'target').rise >= 0.1,
      },
      {
        text: 'the same change, shuffled within each matrix, does nothing: less than 0.05 of the rise',
        holds: ({ skill }) => Math.abs(writtenAt(skill, 'target').shuffled) < 0.05,
      },
    ],
  },
  ({ skill }) => writtenAt(skill, 'target').without.name,
);
