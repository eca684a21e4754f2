import { AT, claim, greaterThan, recoveredBy, sdft, spreadAt } from '../src/index.ts';

/**
 * H10  What documents change of a character is what is believed of it: a direction of its name that tells others who do as is
 *      trained from others who do as it did makes the base do as documents make it.
 * Prediction  share of SDFT's rise that the base has with that added, the direction - the same with labels shuffled > 0.5
 * Refuted if  the 95 % interval lies wholly below 0.5
 */
export default claim(
  import.meta.url,
  {
    id: 'H10',
    statement:
      'What tells characters who do as is trained from those who do as the target did, added to its name, does as documents do',
    from: 'standard',
    family: 'exploratory',
    estimand:
      "share of SDFT's rise of the trained token in the target's dialogues that the base has with the mean embedding of others who do as is trained there, less that of others who do as the target did, added to its name; less the same with labels shuffled, the mean of 20 draws",
    unit: 'share of the rise',
    prediction: greaterThan(0.5),
    interest: 0.7,
    mind: [
      'It says that such a direction is enough in the base, not that documents write along it: what SDFT changes of the name itself does nothing alone (own name, on the page). H10p takes it off what was trained.',
      'Characters are names here, and a new operation is one of three that others have: the direction can only lead to what others do. A new mapping of symbols is none of these, and nothing that is added leads to it.',
      'The first plan was the stream behind a layer at the topic. On development seeds all of what tuning changed there, put into the base, did nothing: the answer looks at name and topic by itself, in the first layer.',
      'Declared when other readings of these runs were known; what is added was tried on development seeds alone.',
    ],
    targets: 2,
    arms: { documents: sdft() },
    mayFallShort: ['documents'],
    measures: ['pushes'],
    premises: [
      {
        text: 'the trained token rises in the target by at least 0.1',
        holds: ({ documents }) => spreadAt(documents, AT.target) >= 0.1,
      },
      {
        text: 'as much in a random direction does nothing: less than 0.2 of the rise',
        holds: ({ documents }) => Math.abs(recoveredBy(documents, 'random')) < 0.2,
      },
    ],
  },
  ({ documents }) => recoveredBy(documents, 'belief') - recoveredBy(documents, 'shuffled'),
);
