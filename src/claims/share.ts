import { InvariantError } from '../core/errors.ts';
import { normalCdf } from '../stats/normal.ts';
import type { Interval } from '../stats/paired.ts';
import { minimumDetectableShare, wilson } from '../stats/proportion.ts';
import { compare } from '../stats/rounding.ts';
import { decide, type Judgement, type Prediction } from './verdict.ts';

/** The verdict on a share of `hits` in `n` setups: its 95 % Wilson interval wholly beyond the margin, or not. */
function decideShare(prediction: Prediction, hits: number, n: number): ReturnType<typeof decide> {
  return decide(prediction, wilson(hits, n), wilson(hits, n, 0.9));
}

/**
 * Judges a prediction about the share of setups in which something holds: `hits` of `n`. p values are of the score test
 * that Wilson's interval inverts; a share that equals the margin but for rounding has z = 0. Without a setup, and where the premise failed, the verdict is 'premise failed'.
 * Throws `InvariantError` on a prediction of another kind than 'greater' with a margin in (0, 1), and unless 0 <= hits <= n.
 */
export function judgeShare(
  prediction: Prediction,
  hits: number,
  n: number,
  { premiseFailed }: { readonly premiseFailed: boolean },
): Judgement {
  const { kind, margin } = prediction;
  if (kind !== 'greater' || !(margin > 0 && margin < 1))
    throw new InvariantError(`a share is judged against a least share between 0 and 1, not ${kind} ${margin}`);
  const mean = n === 0 ? 0 : hits / n;
  const interval = n === 0 ? { low: 0, high: 1, level: 0.95 } : wilson(hits, n);
  const z = n === 0 || compare(mean, margin) === 0 ? 0 : (mean - margin) / Math.sqrt((margin * (1 - margin)) / n);
  return {
    verdict: premiseFailed || n === 0 ? 'premise failed' : decideShare(prediction, hits, n),
    n,
    mean,
    sd: Math.sqrt(mean * (1 - mean)),
    interval,
    equivalenceInterval: null,
    p: normalCdf(-z),
    pDecided: 2 * normalCdf(-Math.abs(z)),
    signFlipP: null,
    hedgesGz: null,
    bcaInterval: null,
    warning: null,
    minimumDetectable: n === 0 ? 1 - margin : minimumDetectableShare(margin, n),
  };
}

/**
 * Whether the verdict on a share would be the same with any number of hits in the 95 % prediction interval of a repetition,
 * sqrt(2) times as wide as Wilson's: see `isFirm`.
 */
export function isShareFirm(prediction: Prediction, mean: number, n: number): boolean {
  const { low, high }: Interval = wilson(Math.round(mean * n), n);
  const ends = [mean - Math.SQRT2 * (mean - low), mean + Math.SQRT2 * (high - mean)];
  const verdicts = [mean, ...ends].map((share) =>
    decideShare(prediction, Math.max(0, Math.min(n, Math.round(share * n))), n),
  );
  return new Set(verdicts).size === 1;
}
