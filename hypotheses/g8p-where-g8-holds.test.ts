import { prevalence } from '../src/index.ts';
import g8 from './g8-documents-of-gaming.test.ts';

/**
 * G8p  G8, that documents which say that one character games make others game less than RL does, holds in most changed setups without
 *      rehearsal.
 * Prediction  G8 is on its side in more than 60 % of the changed setups of this stratum whose premises hold
 * Refuted if  the 95 % Wilson interval of that share lies wholly below 60 %
 */
export default prevalence(import.meta.url, {
  id: 'G8p',
  statement: 'G8 holds in most changed setups without rehearsal',
  from: 'standard',
  of: g8,
  targets: 1,
  stratum: 'without rehearsal',
  atLeast: 0.6,
});
