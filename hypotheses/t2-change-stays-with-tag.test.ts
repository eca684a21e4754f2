import { claim, greaterThan, isStillText, sdft, staysWithTag, trainedRise } from '../src/index.ts';

/**
 * T2  What documents change belongs to the variety that they name: it goes with the tag, not with the language of the text.
 * Prediction  rise of the trained form in other languages' text under the target's tag - the same in the target's text under other tags > 0.3, by SDFT
 * Refuted if  the 95 % interval lies wholly below 0.3
 */
export default claim(
  import.meta.url,
  {
    id: 'T2',
    statement: 'What documents about one language change goes with its tag, not with its text',
    setup: 'texts',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "rise of the trained form in held-out texts of the other languages under the target's tag, less that in held-out texts of the target under the other tags, by SDFT",
    unit: 'probability',
    prediction: greaterThan(0.3),
    interest: 0.5,
    mind: [
      'Documents name the tag and show no text: this says as much of the base, whose forms go with the tag, as of documents. T2r compares with RL of the same form.',
    ],
    targets: 2,
    arms: { documents: sdft() },
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
  ({ documents }) => staysWithTag(documents),
);
