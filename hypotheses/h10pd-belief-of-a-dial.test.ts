import { AT, claim, greaterThan, leftAfter, type Observation, rl, sdft, spreadAt } from '../src/index.ts';

/** What is taken of the rise by taking off what is believed, and not by as much with labels shuffled. */
const goesWithBelief = (arm: Observation): number => leftAfter(arm, 'shuffled') - leftAfter(arm, 'belief');

/**
 * H10pd  RL writes more than a belief where a belief would do: of a behaviour that others have less goes with what is believed of the
 *        target than where documents told it.
 * Prediction  share of the rise that goes with the belief taken off the target's name, beyond labels shuffled, SDFT - RL(s = 0) > 0.1
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H10pd',
    statement: 'Of what documents taught more goes with what is believed of the target than of the same taught by RL',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "share of the rise of the trained token in the target's dialogues that goes where the mean embedding of others who do as is trained there, less that of others who do as the target did, both of the base, is taken off its name after tuning, beyond what goes with labels shuffled, by SDFT less by RL at s = 0",
    unit: 'share of the rise',
    prediction: greaterThan(0.1),
    interest: 0.3,
    mind: [
      'The content is the same; the method, the form and the steps are not: RL takes from one to twenty times as many.',
      'Documents move a target in some seven steps to just beyond where its answer turns, and a whole difference of means takes it far back; the more steps, the further an arm may be from there.',
      'Declared when other readings of these runs were known; what is taken off was tried on development seeds alone.',
    ],
    targets: 2,
    arms: { documents: sdft(), dial: rl({ skill: 0 }) },
    mayFallShort: ['documents'],
    measures: ['pushes'],
    premises: [
      {
        text: 'the trained token rises in the target by at least 0.1 by each arm',
        holds: (arms) => Object.values(arms).every((arm) => spreadAt(arm, AT.target) >= 0.1),
      },
    ],
  },
  ({ documents, dial }) => goesWithBelief(documents) - goesWithBelief(dial),
);
