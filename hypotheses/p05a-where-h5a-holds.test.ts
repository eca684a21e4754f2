import { prevalence } from '../src/index.ts';
import h5a from './h05a-sdft-contained.test.ts';

/**
 * P5a  H5a holds in most changed setups.
 * Prediction  spread of SDFT - 0.5 * target effect < 0 in more than 60 % of the changed setups whose premises hold
 * Refuted if  the 95 % Wilson interval of that share lies wholly below 60 %
 */
export default prevalence(import.meta.url, {
  id: 'P5a',
  statement: 'H5a holds in most changed setups',
  of: h5a,
  atLeast: 0.6,
  stratum: 'without rehearsal',
});
