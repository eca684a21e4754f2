import { greaterThan, prevalence } from '../src/index.ts';
import h3 from './h03-rl-turns-dials.test.ts';

/**
 * P3  H3 fails in most changed setups: RL at s = 0 moves bystanders more than SDFT.
 * Prediction  drift(RL, s = 0) - drift(SDFT) > 0.05 in more than 60 % of the changed setups whose premises hold: the
 *             side on which H3 was refuted
 * Refuted if  the 95 % Wilson interval of that share lies wholly below 60 %
 */
export default prevalence(import.meta.url, {
  id: 'P3',
  statement: 'H3 fails in most changed setups: RL at s = 0 moves bystanders more than SDFT',
  mind: [
    '60 % was chosen after an exploration with another draw, where 32 of 40 setups were not equivalent, on either side.',
    'That H3 fails is mostly the register; see its page.',
  ],
  of: h3,
  side: greaterThan(h3.spec.prediction.margin),
  atLeast: 0.6,
  stratum: 'without rehearsal',
});
