import { prevalence } from '../src/index.ts';
import h5b from './h05b-sdft-above-floor.test.ts';

/**
 * P5b  H5b holds in most changed setups without rehearsal.
 * Prediction  H5b is on its side in more than 60 % of the changed setups of this stratum whose premises hold
 * Refuted if  the 95 % Wilson interval of that share lies wholly below 60 %
 */
export default prevalence(import.meta.url, {
  id: 'P5b',
  statement: 'H5b holds in most changed setups without rehearsal',
  from: 'standard',
  of: h5b,
  targets: 1,
  stratum: 'without rehearsal',
  atLeast: 0.6,
});
