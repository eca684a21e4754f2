import { AT, claim, greaterThan, leftAfter, type Observation, rl, sdft, spreadAt } from '../src/index.ts';

/** What is taken of the rise by taking off what is believed, and not by as much with labels shuffled. */
const goesWithBelief = (arm: Observation): number => leftAfter(arm, 'shuffled') - leftAfter(arm, 'belief');

/**
 * H10p  What documents taught goes with what is believed of the target; a new skill by RL stays.
 * Prediction  share of the rise that goes with the belief taken off the target's name, beyond labels shuffled, SDFT - RL(s = 1) > 0.3
 * Refuted if  the 95 % interval lies wholly below 0.3
 */
export default claim(
  import.meta.url,
  {
    id: 'H10p',
    statement:
      'What documents taught goes where what is believed of the target is taken off its name, more than a new skill by RL does',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "share of the rise of the trained token in the target's dialogues that goes where the mean embedding of others who do as is trained there, less that of others who do as the target did, both of the base, is taken off its name after tuning, beyond what goes with labels shuffled, by SDFT less by RL at s = 1",
    unit: 'share of the rise',
    prediction: greaterThan(0.3),
    interest: 0.45,
    mind: [
      'The direction is of the base. Where RL made something else of names it says less: that RL at s = 1 does not answer by it need not mean that it answers by no belief.',
      'The trained behaviour is a new operation and a new mapping of its symbols: a mapping of the own operation would count as gone. What stays is a lower bound for the mapping.',
      'Documents move a target in some seven steps to just beyond where its answer turns, and a whole difference of means takes it far back; the more steps, the further an arm may be from there. H10pd has another arm of the same content.',
      'Declared when other readings of these runs were known; what is taken off was tried on development seeds alone.',
    ],
    targets: 2,
    arms: { documents: sdft(), skill: rl({ skill: 1 }) },
    mayFallShort: ['documents'],
    measures: ['pushes'],
    premises: [
      {
        text: 'the trained token rises in the target by at least 0.1 by each arm',
        holds: (arms) => Object.values(arms).every((arm) => spreadAt(arm, AT.target) >= 0.1),
      },
    ],
  },
  ({ documents, skill }) => goesWithBelief(documents) - goesWithBelief(skill),
);
