import { claim, greaterThan, isStillText, sdft, staysWithTag, trainedRise } from '../src/index.ts';

/**
 * T2s  T2 in a network of 435 thousand parameters that reads 128 positions: the change goes with the tag, not with the text.
 * Prediction  (rise under the target's tag in other text - rise in the target's text under other tags) of SDFT > 0.3, others rehearsed
 * Refuted if  the 95 % interval lies wholly below 0.3
 */
export default claim(
  import.meta.url,
  {
    id: 'T2s',
    statement:
      'In a larger network with a longer context, too, what documents about one language change goes with its tag, not with its text',
    setup: 'textsLarge',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "rise of the trained form in held-out texts of the other languages under the target's tag, less that in held-out texts of the target under the other tags, by SDFT with rehearsal of weight 0.25 in a network of 435 thousand parameters and 128 positions",
    unit: 'probability',
    prediction: greaterThan(0.3),
    interest: 0.5,
    mind: [
      'It says as much of bases as of documents: their forms go with the tag.',
      'Size and context change together; one target is read, Spanish; and the others are rehearsed, as they are not in T2.',
    ],
    arms: { documents: sdft({ rehearsal: 0.25 }) },
    measures: ['texts', 'text-samples'],
    premises: [
      {
        text: 'the target writes the trained form: a rise of its probability of at least 0.3',
        holds: ({ documents }) => trainedRise(documents, ({ who }) => who === 'target') >= 0.3,
      },
      {
        text: 'what the target writes is still text of its language, and does not go round in circles: at least 0.6 of what the base has',
        holds: ({ documents }) => isStillText(documents, 0.6),
      },
    ],
  },
  ({ documents }) => staysWithTag(documents),
);
