import type { Judged } from '../claims/gate.ts';
import { compare } from '../stats/rounding.ts';

/**
 * The matchings at which the contrast of a claim does not say what its estimate says: of a supported equivalence those whose 95 %
 * interval is not wholly within the margin, of every other claim those whose interval is not wholly on the estimate's side of 0.
 * Undefined where a claim was not read under matchings.
 */
export function otherwiseAt({
  prediction: { kind, margin },
  familyVerdict,
  judgement,
  matchings,
}: Pick<Judged, 'prediction' | 'familyVerdict' | 'judgement' | 'matchings'>): Judged['matchings'] {
  const isWithin = kind === 'equivalent' && familyVerdict === 'supported';
  const above = (low: number, high: number, bound: number): boolean => compare(low, bound, [high]) > 0;
  return matchings?.filter(({ low, high }) => {
    if (isWithin) return !(above(low, high, -margin) && above(-high, -low, -margin));
    return judgement.mean > 0 ? !above(low, high, 0) : !above(-high, -low, 0);
  });
}
