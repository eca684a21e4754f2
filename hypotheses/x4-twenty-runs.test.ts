import { greaterThan, imported } from '../src/imported.ts';

/**
 * X4  Two algorithms, twenty runs each: how many seeds does it take to tell them apart?
 * Prediction  mean return, second - first algorithm > 0, unpaired
 * Refuted if  the 95 % interval lies wholly below 0
 */
export default imported(import.meta.url, {
  id: 'X4',
  statement: 'The second algorithm has the higher return, by twenty runs of each',
  study: 'fixtures/studies/rl-difference-testing',
  estimand: 'The mean return of the second algorithm less that of the first',
  unit: 'return',
  prediction: greaterThan(0),
  design: 'unpaired',
  arms: { second: 'data2', first: 'data1' },
  reads: { metric: 'performance', characters: 'target' },
});
