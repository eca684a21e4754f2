import { claim, greaterThan, isStillText, type Observation, rl, sdft, trainedRise } from '../src/index.ts';

/** How much further an arm spreads to languages of the target's family than to others, of those that show such sites. */
const byFamily = (arm: Observation): number =>
  trainedRise(arm, ({ who, alike, documentsOnly }) => who === 'bystander' && !documentsOnly && alike) -
  trainedRise(arm, ({ who, alike, documentsOnly }) => who === 'bystander' && !documentsOnly && !alike);

/**
 * H11t  In real text, where likeness is known in advance (H11): SDFT spreads to languages of the target's family more than RL of a new
 *       skill does.
 * Prediction  (spread in the family - spread outside of it) of SDFT less the same of RL(1) > 0
 * Refuted if  the 95 % interval lies wholly below 0
 */
export default claim(
  import.meta.url,
  {
    id: 'H11t',
    statement: 'SDFT spreads by the likeness of languages more than RL of a new skill does',
    setup: 'texts',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "spread in held-out texts of the languages of the target's family less in those of others, of SDFT less of RL at s = 1",
    unit: 'probability',
    prediction: greaterThan(0),
    interest: 0.1,
    mind: [
      'On development seeds it was the other way round: documents hardly spread at all, which leaves little room for likeness, and RL of a new skill by likeness (H11r).',
      'Both targets are Romance, as half of the languages are; the other family is everybody else, of which those that documents alone tell of are left out.',
    ],
    targets: 2,
    arms: { documents: sdft(), skill: rl({ skill: 1 }) },
    measures: ['texts', 'text-samples'],
    premises: [
      {
        text: 'the target writes the trained form: a rise of its probability of at least 0.3 by each arm',
        holds: (arms) => Object.values(arms).every((arm) => trainedRise(arm, ({ who }) => who === 'target') >= 0.3),
      },
      {
        text: 'what the target writes is still text of its language, and does not go round in circles: at least 0.6 of what the base has',
        holds: (arms) => Object.values(arms).every((arm) => isStillText(arm, 0.6)),
      },
    ],
  },
  ({ documents, skill }) => byFamily(documents) - byFamily(skill),
);
