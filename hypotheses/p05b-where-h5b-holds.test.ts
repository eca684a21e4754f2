import { prevalence } from '../src/index.ts';
import h5b from './h05b-sdft-above-floor.test.ts';

/**
 * P5b  H5b holds in most changed setups.
 * Prediction  drift(SDFT) - drift(null) > 0 in more than 60 % of the changed setups whose premises hold
 * Refuted if  the 95 % Wilson interval of that share lies wholly below 60 %
 */
export default prevalence(import.meta.url, {
  id: 'P5b',
  statement: 'H5b holds in most changed setups',
  of: h5b,
  atLeast: 0.6,
  stratum: 'without rehearsal',
});
