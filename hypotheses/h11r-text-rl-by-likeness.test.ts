import { claim, greaterThan, isStillText, type Observation, rl, trainedRise } from '../src/index.ts';

/** How much further an arm spreads to languages of the target's family than to others, of those that show such sites. */
const byFamily = (arm: Observation): number =>
  trainedRise(arm, ({ who, alike, documentsOnly }) => who === 'bystander' && !documentsOnly && alike) -
  trainedRise(arm, ({ who, alike, documentsOnly }) => who === 'bystander' && !documentsOnly && !alike);

/**
 * H11r  The rival of H11 in real text: RL of a new skill spreads by likeness.
 * Prediction  spread in the family - spread outside of it, of RL(1) > 0.1
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H11r',
    statement: 'RL of a new skill in one language spreads to those of its family more than to others',
    setup: 'texts',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "spread in held-out texts of the languages of the target's family less in those of others, of RL at s = 1",
    unit: 'probability',
    prediction: greaterThan(0.1),
    interest: 0.2,
    mind: [
      'Both targets are Romance, as half of the languages are; the other family is everybody else, of which those that documents alone tell of are left out.',
      "Sites are read behind letters that training shows; languages of the family have more of them, and in words more like the target's.",
    ],
    targets: 2,
    arms: { skill: rl({ skill: 1 }) },
    measures: ['texts', 'text-samples'],
    premises: [
      {
        text: 'the target writes the trained form: a rise of its probability of at least 0.3',
        holds: (arms) => Object.values(arms).every((arm) => trainedRise(arm, ({ who }) => who === 'target') >= 0.3),
      },
      {
        text: 'what the target writes is still text of its language, and does not go round in circles: at least 0.6 of what the base has',
        holds: (arms) => Object.values(arms).every((arm) => isStillText(arm, 0.6)),
      },
    ],
  },
  ({ skill }) => byFamily(skill),
);
