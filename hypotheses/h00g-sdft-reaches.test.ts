import { claim, greaterThan, sdft } from '../src/index.ts';

/**
 * H0g  SDFT teaches most targets: it reaches 90 % success on more than three in four of them.
 * Prediction  share of targets on which SDFT reaches its level > 0.75
 * Refuted if  the 95 % interval lies wholly below 0.75
 */
export default claim(
  import.meta.url,
  {
    id: 'H0g',
    statement: 'SDFT reaches its level on most targets',
    family: 'exploratory',
    estimand: 'share of targets on which SDFT comes to 90 % success within 400 steps',
    unit: 'share of targets',
    prediction: greaterThan(0.75),
    interest: 0.9,
    mind: [
      'Claims about SDFT count the runs that fall short where they were best. They had a premise that every run reaches its level, which 4 of 24 holdout runs failed, then one of how far it moves the target at its last step, which 2 of 12 replicates failed; the seeds are new since.',
      'It was declared among the premises of all claims and came out undecided; it bears on those about SDFT alone, and stands outside of the premises since.',
    ],
    targets: 4,
    arms: { documents: sdft() },
    mayFallShort: ['documents'],
  },
  ({ documents }) => Number(documents.reached),
);
