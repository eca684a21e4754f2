import { prevalence } from '../src/index.ts';
import pl4 from './pl4-rl-above-demonstrations.test.ts';

/**
 * PL4p  PL4 holds in most changed setups without rehearsal.
 * Prediction  PL4 is on its side in more than 50 % of the changed setups of this stratum whose premises hold
 * Refuted if  the 95 % Wilson interval of that share lies wholly below 50 %
 */
export default prevalence(import.meta.url, {
  id: 'PL4p',
  statement: 'PL4 holds in most changed setups without rehearsal',
  from: 'standard',
  of: pl4,
  mind: [
    'Counted is PL4 beyond its margin of 0.05, not its sign: in the registered setup 10 of 12 replicates are.',
    'It counts ends at the level, where RL has taken more steps: PL4 is reversed at equal steps. Factors of RL alone, and of demonstrations alone, are turned, too.',
    'With rehearsal both arms are at the end of the scale (PL9n): the share of those setups says nothing of the claim.',
  ],
  stratum: 'without rehearsal',
  atLeast: 0.5,
});
