import { greaterThan, prevalence } from '../src/index.ts';
import h3 from './h03-rl-turns-dials.test.ts';

/**
 * P3  H3 fails in most changed setups without rehearsal: RL at s = 0 spreads further than SFT by more than the margin
 *     of the equivalence.
 * Prediction  spread(RL, s = 0) - spread(SFT, s = 0) > 0.15 in more than 60 % of the changed setups of this stratum
 *             whose premises hold
 * Refuted if  the 95 % Wilson interval of that share lies wholly below 60 %
 */
export default prevalence(import.meta.url, {
  id: 'P3',
  statement: 'H3 fails in most changed setups without rehearsal: RL at s = 0 spreads further than demonstrations',
  from: 'standard',
  of: h3,
  side: greaterThan(h3.spec.prediction.margin),
  targets: 1,
  stratum: 'without rehearsal',
  atLeast: 0.6,
});
