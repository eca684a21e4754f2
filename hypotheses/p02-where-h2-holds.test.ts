import { prevalence } from '../src/index.ts';
import h2 from './h02-skill-drives-spread.test.ts';

/**
 * P2  H2 holds in most changed setups without rehearsal.
 * Prediction  H2 is on its side in more than 60 % of the changed setups of this stratum whose premises hold
 * Refuted if  the 95 % Wilson interval of that share lies wholly below 60 %
 */
export default prevalence(import.meta.url, {
  id: 'P2',
  statement: 'H2 holds in most changed setups without rehearsal',
  from: 'standard',
  of: h2,
  targets: 1,
  stratum: 'without rehearsal',
  atLeast: 0.6,
});
