import { claim, greaterThan } from '../src/index.ts';

/**
 * H0c  Characters are distinct: the base answers as the character that it plays, not as the average one.
 * Prediction  share of right answer tokens - share of the best answer without a look at the name > 0.2
 * Refuted if  the 95 % interval lies wholly below 0.2
 */
export default claim(
  import.meta.url,
  {
    id: 'H0c',
    statement: 'The base plays distinct characters',
    family: 'premise',
    estimand: 'right answers on pairs seen in dialogues, less the best answers without a look at the name',
    unit: 'share of tokens',
    prediction: greaterThan(0.2),
    interest: 0.3,
    arms: {},
  },
  (_arms, base) => base.seen - base.characterBlind,
);
