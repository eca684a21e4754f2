import { prevalence } from '../src/index.ts';
import h7 from './h07-skill-not-rl.test.ts';

/**
 * P7  H7 holds in most changed setups without rehearsal.
 * Prediction  H7 is on its side in more than 60 % of the changed setups of this stratum whose premises hold
 * Refuted if  the 95 % Wilson interval of that share lies wholly below 60 %
 */
export default prevalence(import.meta.url, {
  id: 'P7',
  statement: 'H7 holds in most changed setups without rehearsal',
  from: 'standard',
  of: h7,
  targets: 1,
  stratum: 'without rehearsal',
  atLeast: 0.6,
});
