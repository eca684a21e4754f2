import { prevalence } from '../src/index.ts';
import g2 from './g2-documents-close-the-gap.test.ts';

/**
 * G2p  G2 holds in most changed setups without rehearsal.
 * Prediction  G2 is on its side in more than 60 % of the changed setups of this stratum whose premises hold
 * Refuted if  the 95 % Wilson interval of that share lies wholly below 60 %
 */
export default prevalence(import.meta.url, {
  id: 'G2p',
  statement: 'G2 holds in most changed setups without rehearsal',
  from: 'standard',
  of: g2,
  targets: 1,
  stratum: 'without rehearsal',
  atLeast: 0.6,
});
