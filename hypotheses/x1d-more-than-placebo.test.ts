import { greaterThan, imported } from '../src/imported.ts';

/**
 * X1d  What is said of alignment counts beside the form.
 * Prediction  rate of misaligned answers, alignment evaluation - placebo > 0, persona by persona
 * Refuted if  the 95 % interval lies wholly below 0
 */
export default imported(import.meta.url, {
  id: 'X1d',
  statement: 'An announced alignment evaluation raises the rate more than a placebo does',
  study: 'fixtures/studies/persona-hierarchy-eval-awareness',
  estimand: 'The rate of misaligned answers with an alignment evaluation announced less that with a placebo',
  unit: 'share',
  prediction: greaterThan(0),
  arms: { announced: 'eval_alignment', placebo: 'eval_placebo' },
  reads: { metric: 'misaligned' },
});
