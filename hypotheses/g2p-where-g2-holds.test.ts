import { prevalence } from '../src/index.ts';
import g2 from './g2-documents-close-the-gap.test.ts';

/**
 * G2p  G2 holds in most changed setups without rehearsal.
 * Prediction  G2 is on its side in more than 50 % of the changed setups of this stratum whose premises hold
 * Refuted if  the 95 % Wilson interval of that share lies wholly below 50 %
 */
export default prevalence(import.meta.url, {
  id: 'G2p',
  statement: 'G2 holds in most changed setups without rehearsal',
  from: 'standard',
  of: g2,
  mind: [
    'Counted is G2 beyond its margin of 0.1, not its sign: in the registered setup 10 of 12 replicates are.',
    'Steps on documents stay at 48 where learning rate or batch change: the dose differs in about half of the setups.',
    'Where neutral documents close nearly all of a gap, which they do by breaking the target, there is no room for more.',
    'With rehearsal both arms are at the end of the scale (G6): the share of those setups says nothing of the claim.',
  ],
  stratum: 'without rehearsal',
  atLeast: 0.5,
});
