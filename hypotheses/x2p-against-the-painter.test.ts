import { imported, lessThan } from '../src/imported.ts';

/**
 * X2p  Against another persona it is the other way round.
 * Prediction  rate of misaligned answers, against the painter - safety < 0, persona by persona
 * Refuted if  the 95 % interval lies wholly above 0
 */
export default imported(import.meta.url, {
  id: 'X2p',
  statement: 'Training against the painter leaves fewer misaligned answers than safety training',
  study: 'fixtures/studies/persona-hierarchy-negation',
  estimand:
    'The rate of misaligned answers of the checkpoint trained against the painter less that of the one trained on safety',
  unit: 'share',
  prediction: lessThan(0),
  arms: { painter: 'anti_painter', safety: 'safety' },
  reads: { metric: 'misaligned' },
});
