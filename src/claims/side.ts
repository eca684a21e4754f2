import { compare } from '../stats/rounding.ts';
import type { RegisteredResult } from './registry.ts';
import { greaterThan, lessThan, type Prediction } from './verdict.ts';

/** The side of a margin that a claim lies on, as a prediction, and how it was settled. */
export interface Side {
  readonly prediction: Prediction;
  /** registered: as the registered verdict says; predicted: as the claim predicts, since that verdict decides nothing. */
  readonly origin: 'registered' | 'predicted';
}

/**
 * The side that was registered: that of the prediction where it was supported; where it was refuted, the other one, which for
 * an equivalence is the side that the registered mean lies on (so that it flips where an interval lies wholly below that bound).
 */
export function sideOf(prediction: Prediction, { verdict, mean }: Pick<RegisteredResult, 'verdict' | 'mean'>): Side {
  const { kind, margin } = prediction;
  if (verdict === 'supported') return { prediction, origin: 'registered' };
  if (verdict !== 'refuted') return { prediction, origin: 'predicted' };
  const other =
    kind === 'greater'
      ? lessThan(margin)
      : kind === 'less'
        ? greaterThan(margin)
        : mean > 0
          ? greaterThan(margin)
          : lessThan(-margin);
  return { prediction: other, origin: 'registered' };
}

/**
 * How far one replicate's number lies inside a side, in its unit; below 0 it lies on the other side. A number that equals
 * the margin but for rounding has depth 0 and lies on neither.
 */
export function depth({ kind, margin }: Prediction, value: number): number {
  if (compare(kind === 'equivalent' ? Math.abs(value) : value, margin) === 0) return 0;
  return { greater: value - margin, less: margin - value, equivalent: margin - Math.abs(value) }[kind];
}

/** Whether one replicate's number lies on a side: a tie with the margin does not, whatever the side. */
export function isOn(side: Prediction, value: number): boolean {
  return depth(side, value) > 0;
}
