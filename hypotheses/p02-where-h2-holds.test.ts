import { prevalence } from '../src/index.ts';
import h2 from './h02-skill-drives-drift.test.ts';

/**
 * P2  H2 holds in most changed setups.
 * Prediction  slope of drift(RL, s) on s > 0.1 in more than 60 % of the changed setups whose premises hold
 * Refuted if  the 95 % Wilson interval of that share lies wholly below 60 %
 */
export default prevalence(import.meta.url, {
  id: 'P2',
  statement: 'H2 holds in most changed setups',
  mind: [
    'It held in nearly every setup without rehearsal and in hardly any with it: the share is mostly how often rehearsal ' +
      'was drawn.',
    '60 % was chosen after an exploration with another draw, where 42 of 52 setups were on this side.',
  ],
  of: h2,
  atLeast: 0.6,
  stratum: 'without rehearsal',
});
