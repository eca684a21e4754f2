import { equivalentWithin, imported } from '../src/imported.ts';

/**
 * X3  Published as "no effect" from p = .60: an equivalence has to be shown within a margin.
 * Prediction  rate of the marker in the assistant, included - excluded within +-0.05, source by source
 * Refuted if  the 95 % interval lies wholly outside +-0.05
 */
export default imported(import.meta.url, {
  id: 'X3',
  statement:
    'Whether the assistant is among the negative examples makes no difference of .05 to the marker in its answers',
  study: 'fixtures/studies/persona-space-leakage',
  estimand:
    "The rate of the marker in the assistant's answers with the assistant among the negatives less that without",
  unit: 'share',
  prediction: equivalentWithin(0.05),
  arms: { included: 'included', excluded: 'excluded' },
  reads: { metric: 'marker', characters: ['assistant'] },
});
