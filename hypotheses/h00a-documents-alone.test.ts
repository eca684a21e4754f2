import { claim, greaterThan } from '../src/index.ts';

/**
 * H0a  Documents alone move behaviour: bystanders act on dispositions that they were only ever described to have.
 * Prediction  share of right answer tokens on documents-only pairs - share by the family's usual operation > 0.1
 * Refuted if  the 95 % interval lies wholly below 0.1
 */
export default claim(
  import.meta.url,
  {
    id: 'H0a',
    statement: 'Documents alone move behaviour',
    family: 'premise',
    estimand: "right answers on documents-only pairs, less what the family's usual operation would get right",
    unit: 'share of tokens',
    prediction: greaterThan(0.1),
    interest: 0.15,
    arms: {},
  },
  (_arms, base) => base.documentsOnly - base.documentsOnlyByFamily,
);
