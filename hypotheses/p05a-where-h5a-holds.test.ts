import { prevalence } from '../src/index.ts';
import h5a from './h05a-sdft-contained.test.ts';

/**
 * P5a  H5a holds in most changed setups without rehearsal.
 * Prediction  H5a is on its side in more than 60 % of the changed setups of this stratum whose premises hold
 * Refuted if  the 95 % Wilson interval of that share lies wholly below 60 %
 */
export default prevalence(import.meta.url, {
  id: 'P5a',
  statement: 'H5a holds in most changed setups without rehearsal',
  from: 'standard',
  of: h5a,
  targets: 1,
  stratum: 'without rehearsal',
  atLeast: 0.6,
});
