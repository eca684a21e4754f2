import { InvariantError } from '../core/errors.ts';

/**
 * Holm's step-down adjusted p values, in the order given: the i-th smallest of m becomes the largest of
 * (m - j + 1) p_(j) over j <= i, at most 1. Rejecting adjusted p < alpha holds the family-wise error at alpha under
 * any dependence. Throws `InvariantError` on a p outside [0, 1].
 * Source: Holm 1979; oracle: statsmodels `multipletests(p, method='holm')`.
 */
export function holm(pValues: readonly number[]): number[] {
  for (const [index, p] of pValues.entries()) {
    if (!(p >= 0 && p <= 1)) throw new InvariantError(`p value ${index} is ${p}: expected a number from 0 to 1`);
  }
  const adjusted = [...pValues];
  let floor = 0;
  const ascending = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  for (const [rank, { p, index }] of ascending.entries()) {
    floor = Math.max(floor, Math.min(1, (pValues.length - rank) * p));
    adjusted[index] = floor;
  }
  return adjusted;
}
