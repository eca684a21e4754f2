import { prevalence } from '../src/index.ts';
import h1 from './h01-sdft-below-rl.test.ts';

/**
 * P1r  H1 holds in most changed setups with rehearsal.
 * Prediction  H1 is on its side in more than 60 % of the changed setups of this stratum whose premises hold
 * Refuted if  the 95 % Wilson interval of that share lies wholly below 60 %
 */
export default prevalence(import.meta.url, {
  id: 'P1r',
  statement: 'H1 holds in most changed setups with rehearsal',
  from: 'standard',
  of: h1,
  targets: 1,
  stratum: 'with rehearsal',
  atLeast: 0.6,
});
