import { equivalentWithin, imported } from '../src/imported.ts';

/**
 * X3n  The same within a narrower margin, which ten personas cannot show.
 * Prediction  rate of the marker in the assistant, included - excluded within +-0.03, source by source
 * Refuted if  the 95 % interval lies wholly outside +-0.03
 */
export default imported(import.meta.url, {
  id: 'X3n',
  statement:
    'Whether the assistant is among the negative examples makes no difference of .03 to the marker in its answers',
  study: 'fixtures/studies/persona-space-leakage',
  estimand:
    "The rate of the marker in the assistant's answers with the assistant among the negatives less that without",
  unit: 'share',
  prediction: equivalentWithin(0.03),
  arms: { included: 'included', excluded: 'excluded' },
  reads: { metric: 'marker', characters: ['assistant'] },
});
