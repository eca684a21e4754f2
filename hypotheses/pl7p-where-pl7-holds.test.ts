import { prevalence } from '../src/index.ts';
import pl7 from './pl7-documents-about-planning.test.ts';

/**
 * PL7p  PL7, that documents about one character's plans make others follow theirs less than RL does, holds in most changed setups
 *       without rehearsal.
 * Prediction  PL7 is on its side in more than 60 % of the changed setups of this stratum whose premises hold
 * Refuted if  the 95 % Wilson interval of that share lies wholly below 60 %
 */
export default prevalence(import.meta.url, {
  id: 'PL7p',
  statement: 'PL7 holds in most changed setups without rehearsal',
  from: 'standard',
  of: pl7,
  targets: 1,
  stratum: 'without rehearsal',
  atLeast: 0.6,
});
