import { greaterThan, imported } from '../src/imported.ts';

/**
 * X2  A checkpoint trained against one persona is worse than one trained on safety.
 * Prediction  rate of misaligned answers, against the hacker - safety > 0, persona by persona
 * Refuted if  the 95 % interval lies wholly below 0
 */
export default imported(import.meta.url, {
  id: 'X2',
  statement: 'Training against the hacker leaves more misaligned answers than safety training',
  study: 'fixtures/studies/persona-hierarchy-negation',
  estimand:
    'The rate of misaligned answers of the checkpoint trained against the hacker less that of the one trained on safety',
  unit: 'share',
  prediction: greaterThan(0),
  arms: { hacker: 'anti_hacker', safety: 'safety' },
  reads: { metric: 'misaligned' },
});
