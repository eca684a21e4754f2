import { InvariantError } from '../core/errors.ts';
import { normalCdf } from '../stats/normal.ts';
import { minimumDetectableShare, wilson } from '../stats/proportion.ts';
import { compare } from '../stats/rounding.ts';
import { decide, type Judgement, type Prediction } from './verdict.ts';

/** The verdict on a share of `hits` in `n` setups: its 95 % Wilson interval wholly beyond the margin, or not. */
export function decideShare(prediction: Prediction, hits: number, n: number): ReturnType<typeof decide> {
  return decide(prediction, wilson(hits, n), wilson(hits, n, 0.9));
}

/** Two-sided p of the score test of `hits` in `n` against the margin, which Wilson's interval inverts. */
export function sharePDecided({ margin }: Prediction, hits: number, n: number): number {
  return 2 * normalCdf(-Math.abs(scoreOf(margin, hits, n)));
}

/** The score statistic of `hits` in `n` against the margin; 0 where the share equals it but for rounding. */
const scoreOf = (margin: number, hits: number, n: number): number =>
  compare(hits / n, margin) === 0 ? 0 : (hits / n - margin) / Math.sqrt((margin * (1 - margin)) / n);

/**
 * Judges a prediction about the share of setups in which something holds: `hits` of `n`. p values are of the score test
 * that Wilson's interval inverts. Without a setup, and where the premise failed, the verdict is 'premise failed'.
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
  return {
    verdict: premiseFailed || n === 0 ? 'premise failed' : decideShare(prediction, hits, n),
    n,
    mean,
    sd: Math.sqrt(mean * (1 - mean)),
    interval,
    equivalenceInterval: null,
    p: n === 0 ? 0.5 : normalCdf(-scoreOf(margin, hits, n)),
    pDecided: n === 0 ? 1 : sharePDecided(prediction, hits, n),
    signFlipP: null,
    hedgesGz: null,
    bcaInterval: null,
    warning: null,
    minimumDetectable: n === 0 ? 1 - margin : minimumDetectableShare(margin, n),
  };
}
