import { claim, lessThan, sdftOn, targetEffect } from '../src/index.ts';

/**
 * H5y  Containment the other way round: documents that state the trained disposition of one bystander do not teach it
 *     to the target.
 * Prediction  target effect of documents about a bystander, for as many steps as SDFT, < 0.1 (share of answer tokens)
 * Refuted if  the 95 % interval lies wholly above 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H5y',
    statement: 'Documents about a bystander leave the target as it is',
    from: 'standard',
    family: 'exploratory',
    estimand: 'target effect of documents about one bystander, for as many steps as SDFT takes',
    unit: 'share of tokens',
    prediction: lessThan(0.1),
    interest: 0.05,
    targets: 2,
    arms: { bystander: sdftOn('bystander') },
  },
  ({ bystander }) => targetEffect(bystander),
);
