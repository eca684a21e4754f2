import { meanInterval } from '../stats/paired.ts';
import { compare } from '../stats/rounding.ts';
import { skewness } from '../stats/skewness.ts';
import type { Prediction, Verdict } from './prediction.ts';

/** Sample skewness toward the margin from which a decided verdict is warned of. */
const LEAST_SKEW = 0.5;
/** A margin that lies so many half-widths of the interval from the mean is out of reach of what skew does to t. */
const REACH = 3;

/**
 * A warning where a verdict that the t interval decides may owe that to skew: the values have their longer tail on the side
 * of the margin (sample skewness of `LEAST_SKEW` or more that way), where a t interval is too short, and the margin is
 * nearer than `REACH` half-widths of the interval that decides. Null otherwise, for a verdict that decides nothing, and where
 * sd is 0.
 * It changes no verdict. Small samples rarely show their skew: docs/calibration.md says how often it comes when t errs and
 * when it does not. Throws as `meanInterval` does. Source of the one-sided error: Johnson 1978,
 * Modified t tests and confidence intervals for asymmetrical populations.
 */
export function skewWarning(values: readonly number[], { kind, margin }: Prediction, verdict: Verdict): string | null {
  const skew = skewness(values);
  const decided = verdict === 'supported' || verdict === 'refuted';
  if (!decided || skew === null || Math.abs(skew) < LEAST_SKEW) return null;
  const { mean, interval } = meanInterval(values, kind === 'equivalent' && verdict === 'supported' ? 0.9 : 0.95);
  const half = interval.high - mean;
  const bounds = kind === 'equivalent' ? [-margin, margin] : [margin];
  const inReach = bounds.some(
    (bound) => compare(bound, mean, values) === Math.sign(skew) && Math.abs(bound - mean) < REACH * half,
  );
  if (!inReach) return null;
  return (
    `the values are skewed toward the margin (skewness ${skew.toFixed(1)}) and it is near: t intervals of ${values.length} ` +
    `such values are too short on that side, see docs/calibration.md`
  );
}
