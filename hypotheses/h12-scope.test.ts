import { claim, greaterThan, sdftOn, spread } from '../src/index.ts';

/**
 * H12  A word of scope contains SDFT: where documents say that what they state is of the target only, its family takes up less of it
 *      than where they say that it is of all in the family.
 * Prediction  spread(SDFT, all) - spread(SDFT, only) in the target's family > 0, on the target topic
 * Refuted if  the 95 % interval lies wholly below 0
 */
export default claim(
  import.meta.url,
  {
    id: 'H12',
    statement: 'Documents that say that they are of the target only spread less in its family than such of all in it',
    from: 'standard',
    setup: 'scope',
    family: 'exploratory',
    estimand:
      "spread of SDFT with `<all>` in its documents less with `<only>`, in dialogues of bystanders of the target's family on the target topic",
    unit: 'share of probability',
    prediction: greaterThan(0),
    interest: 0.05,
    mind: [
      'The words mean what pretraining makes them mean: there `<all>` stands where a character does as its family, `<only>` where it does not.',
      'SDFT does not come to its level on some targets (H0g); those runs end where they were best.',
    ],
    targets: 2,
    arms: { all: sdftOn('all'), only: sdftOn('only') },
    mayFallShort: ['all', 'only'],
  },
  ({ all, only }) => spread(all, { topic: 'same', family: 'same' }) - spread(only, { topic: 'same', family: 'same' }),
);
