/** What a claim says of the mean over replicates; the margin is in the unit of the estimate. */
export type Prediction =
  | { readonly kind: 'greater'; readonly margin: number }
  | { readonly kind: 'less'; readonly margin: number }
  | { readonly kind: 'equivalent'; readonly margin: number };

export const VERDICTS = ['supported', 'refuted', 'inconclusive', 'premise failed'] as const;
export type Verdict = (typeof VERDICTS)[number];
