import { prevalence } from '../src/index.ts';
import pl4 from './pl4-rl-above-demonstrations.test.ts';

/**
 * PL4p  PL4 holds in most changed setups without rehearsal.
 * Prediction  PL4 is on its side in more than 60 % of the changed setups of this stratum whose premises hold
 * Refuted if  the 95 % Wilson interval of that share lies wholly below 60 %
 */
export default prevalence(import.meta.url, {
  id: 'PL4p',
  statement: 'PL4 holds in most changed setups without rehearsal',
  from: 'standard',
  of: pl4,
  targets: 1,
  stratum: 'without rehearsal',
  atLeast: 0.6,
});
