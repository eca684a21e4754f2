import { prevalence } from '../src/explore/prevalence.ts';
import h7 from './h07-skill-not-rl.test.ts';

/**
 * P7  H7 holds in most changed setups.
 * Prediction  drift(RL, s = 1) - drift(SFT, s = 1) within +-0.1 in more than 60 % of the changed setups whose premises hold
 * Refuted if  the 95 % Wilson interval of that share lies wholly below 60 %
 * Mind        as P1; before, 46 of 58 setups were on this side
 */
export default prevalence(import.meta.url, {
  id: 'P7',
  statement: 'H7 holds in most changed setups',
  of: h7,
  atLeast: 0.6,
});
