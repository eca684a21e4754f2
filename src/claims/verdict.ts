import { finite, InputError, InvariantError } from '../core/errors.ts';
import type { Rng } from '../core/rng.ts';
import { bcaInterval } from '../stats/bootstrap.ts';
import { hedgesGz } from '../stats/effect-size.ts';
import { equivalenceTest } from '../stats/equivalence.ts';
import { type Interval, meanInterval, tTest, tTestOf } from '../stats/paired.ts';
import { signFlipTest } from '../stats/permutation.ts';
import { minimumDetectableEffect } from '../stats/power.ts';
import { compare } from '../stats/rounding.ts';
import type { Summary } from '../stats/sample.ts';
import { type Prediction, VERDICTS, type Verdict } from './prediction.ts';
import { skewWarning } from './skew.ts';

export { type Prediction, VERDICTS, type Verdict };

/** Two-sided error rate of a verdict, and of the confirmatory family after Holm. */
export const ALPHA = 0.05;

export interface Judgement {
  readonly verdict: Verdict;
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
  /** 95 % t interval of the mean, or Wilson's of a share. */
  readonly interval: Interval;
  /** 90 % t interval (1 - 2 alpha of TOST) for 'equivalent', null otherwise. */
  readonly equivalenceInterval: Interval | null;
  /** p of the test that would support the prediction: one-sided t against the margin, or TOST. */
  readonly p: number;
  /**
   * p of the direction that the mean points in, for Holm: below 0.05 exactly when the 95 % interval lies wholly on one side
   * of the margin (of a share, Wilson's), for 'equivalent' wholly inside or wholly outside ±margin. See `pDecidedOf`.
   */
  readonly pDecided: number;
  /** Two-sided sign-flip p against the margin; against 0 for 'equivalent'; null for a share. */
  readonly signFlipP: number | null;
  /** Hedges g_z of the values against 0; null when it has no value (sd = 0 or n = 2, or a share). */
  readonly hedgesGz: number | null;
  /** 95 % BCa bootstrap interval of the mean: shown beside, never decides; null for a share. */
  readonly bcaInterval: Interval | null;
  /** Distance from the margin found with power 0.8 at this n and sd (two-sided alpha 0.05). */
  readonly minimumDetectable: number;
  /** Why this verdict needs care, as in `skewWarning`; null where nothing was seen. */
  readonly warning: string | null;
}

/** Predicts mean > margin. Throws `InputError` on a margin that is not finite. */
export function greaterThan(margin: number): Prediction {
  return checked({ kind: 'greater', margin });
}

/** Predicts mean < margin. Throws `InputError` on a margin that is not finite. */
export function lessThan(margin: number): Prediction {
  return checked({ kind: 'less', margin });
}

/** Predicts -margin < mean < margin. Throws `InputError` on a margin that is not finite and above 0. */
export function equivalentWithin(margin: number): Prediction {
  return checked({ kind: 'equivalent', margin });
}

/**
 * The verdict that the t intervals of the mean give. An interval that touches the margin does not decide, and an end
 * touches it that differs from it by no more than rounding (1e-12 of the largest of ends and margin): 0.8 - 0.5 against
 * a margin of 0.3 is no support. Scaling values and margin never changes a verdict.
 * greater: 95 % interval wholly above the margin = supported, wholly below = refuted, else inconclusive; less: mirrored.
 * equivalent: 90 % interval wholly inside +-margin = supported (TOST at alpha 0.05); 95 % interval wholly outside =
 * refuted, else inconclusive. Refuting takes the 95 % interval because it is a claim of direction, 'the mean lies beyond
 * this bound', and so meets the same two-sided alpha 0.05 as a supported 'greater' or 'less'.
 */
export function decide(
  prediction: Prediction,
  interval95: Omit<Interval, 'level'>,
  interval90: Omit<Interval, 'level'>,
): Exclude<Verdict, 'premise failed'> {
  const { kind, margin } = prediction;
  const isAbove = ({ low, high }: Omit<Interval, 'level'>, bound: number): boolean => compare(low, bound, [high]) > 0;
  const isBelow = ({ low, high }: Omit<Interval, 'level'>, bound: number): boolean => compare(high, bound, [low]) < 0;
  const [above, below] = [isAbove(interval95, margin), isBelow(interval95, margin)];
  if (kind === 'greater') return above ? 'supported' : below ? 'refuted' : 'inconclusive';
  if (kind === 'less') return below ? 'supported' : above ? 'refuted' : 'inconclusive';
  if (isAbove(interval90, -margin) && isBelow(interval90, margin)) return 'supported';
  return above || isBelow(interval95, -margin) ? 'refuted' : 'inconclusive';
}

/**
 * Judges a prediction on one number a replicate; every number of the result is finite.
 * A failed premise makes the verdict 'premise failed'; the numbers are given all the same.
 * `registered` is the number of replicates that must be there (at least 2); `rng` feeds the bootstrap and, above n = 20,
 * the sign-flip test. Throws `InvariantError` when values.length is not `registered` or a value is not finite, and
 * `InputError` on a margin that is not finite, or not above 0 for 'equivalent'.
 */
export function judge(
  values: readonly number[],
  prediction: Prediction,
  options: { readonly registered: number; readonly rng: Rng; readonly premiseFailed?: boolean },
): Judgement {
  const { registered, rng, premiseFailed = false } = options;
  if (values.length !== registered) {
    throw new InvariantError(`got ${values.length} replicates: expected the ${registered} that are registered`);
  }
  const { kind, margin } = checked(prediction);
  const decided = judgeMean(values, prediction);
  const { n, sd } = decided;
  const verdict = premiseFailed ? 'premise failed' : decided.verdict;
  return {
    ...decided,
    verdict,
    signFlipP: signFlipTest(values, kind === 'equivalent' ? 0 : margin, 'two-sided', rng).p,
    hedgesGz: hedgesGz(values),
    bcaInterval: bcaInterval(values, rng),
    minimumDetectable: finite(minimumDetectableEffect(sd, n), 'the minimum detectable effect'),
    warning: skewWarning(values, prediction, verdict),
  };
}

/** What decides in a judgement: the verdict with the mean, intervals and p values that it rests on. */
export type Decided = Pick<
  Judgement,
  'verdict' | 'n' | 'mean' | 'sd' | 'interval' | 'equivalenceInterval' | 'p' | 'pDecided'
>;

/** The part of `judge` that decides, without premises and what is shown beside. Throws as `judge` does on values. */
export function judgeMean(values: readonly number[], prediction: Prediction): Decided {
  const { kind, margin } = prediction;
  const { n, mean, sd, interval } = meanInterval(values);
  const interval90 = meanInterval(values, 0.9).interval;
  return {
    verdict: decide(prediction, interval, interval90),
    n,
    mean,
    sd,
    interval,
    equivalenceInterval: kind === 'equivalent' ? interval90 : null,
    p: kind === 'equivalent' ? equivalenceTest(values, margin).p : tTest(values, margin, kind).p,
    pDecided: pDecidedOf({ n, mean, sd }, prediction),
  };
}

/**
 * The p value that Holm adjusts, from the summary of one number a replicate: of the verdict that the mean points to, whichever
 * that is, at alpha 0.05. greater, less: two-sided t against the margin. equivalent: twice the p of TOST, at most 1, when the
 * mean lies inside +-margin (it points to supported), else two-sided t against the nearer bound (it points to refuted).
 * Twice, because either verdict may come out: at a true mean on its bound, an equivalence that is judged alone is supported
 * in 5 % and refuted in 2.5 % of studies, 7.5 % together, and a family of such p values would err more than Holm promises.
 * With it, any of the three kinds at its margin has p < 0.05 in 5 %. So of an equivalence that TOST supports alone at
 * 0.025 <= p < 0.05, this p is 0.05 or more, and it is inconclusive in every family.
 */
export function pDecidedOf(summary: Summary, { kind, margin }: Prediction): number {
  const { mean } = summary;
  if (kind !== 'equivalent') return tTestOf(summary, margin, 'two-sided').p;
  if (Math.abs(mean) < margin)
    return Math.min(1, 2 * Math.max(tTestOf(summary, -margin, 'greater').p, tTestOf(summary, margin, 'less').p));
  return tTestOf(summary, mean > 0 ? margin : -margin, 'two-sided').p;
}

function checked(prediction: Prediction): Prediction {
  const { kind, margin } = prediction;
  const lowest = kind === 'equivalent' ? 0 : Number.NEGATIVE_INFINITY;
  if (margin > lowest && margin < Number.POSITIVE_INFINITY) return prediction;
  throw new InputError(`the margin of a prediction of kind '${kind}'`, {
    expected: kind === 'equivalent' ? 'a finite number above 0' : 'a finite number',
    got: String(margin),
    todo: 'give the margin in the unit of the estimate',
  });
}
