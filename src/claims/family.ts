import { holm } from '../stats/multiplicity.ts';
import { tInterval } from '../stats/paired.ts';
import { wilson } from '../stats/proportion.ts';
import { decideShare, sharePDecided } from './share.ts';
import type { ClaimText } from './spec.ts';
import { ALPHA, decide, type Judgement, type Prediction, pDecidedOf, type Verdict } from './verdict.ts';

/** What Holm needs to know of a claim that was judged alone. */
export interface Member extends Pick<ClaimText, 'family'> {
  readonly verdict: Verdict;
  readonly pDecided: number;
}

/** What the family makes of a claim; `holmP` is null outside the confirmatory family. */
export interface InFamily {
  readonly holmP: number | null;
  readonly familyVerdict: Verdict;
}

/**
 * Holm over the confirmatory claims of one run: a decided verdict whose adjusted p is 0.05 or more becomes inconclusive.
 * A claim whose premise failed stays in the family with p = 1, so that dropping out makes nothing easier for the others.
 */
export function inFamily(members: readonly Member[]): InFamily[] {
  const family = members.filter((each) => each.family === 'confirmatory');
  const adjusted = holm(family.map(({ verdict, pDecided }) => (verdict === 'premise failed' ? 1 : pDecided)));
  return members.map((each) => {
    const at = family.indexOf(each);
    if (at < 0) return { holmP: null, familyVerdict: each.verdict };
    const holmP = adjusted[at] as number;
    const decided = each.verdict === 'supported' || each.verdict === 'refuted';
    return { holmP, familyVerdict: decided && holmP >= ALPHA ? 'inconclusive' : each.verdict };
  });
}

/** The numbers that a verdict follows from, of a claim that is judged or registered. */
export interface Numbers extends Pick<ClaimText, 'family'> {
  readonly prediction: Prediction;
  readonly verdict: Verdict;
  readonly mean: number;
  readonly sd: number;
  /** Replicates; of a share, the setups whose premises held. */
  readonly n: number;
  /** Whether the mean is a share of setups. */
  readonly share: boolean;
}

/** The verdict alone, and its p for Holm, of numbers whose premises held. */
export function verdictFrom({ prediction, mean, sd, n, share }: Omit<Numbers, 'verdict'>): Omit<Member, 'family'> {
  if (share) {
    const hits = Math.max(0, Math.min(n, Math.round(mean * n)));
    return { verdict: decideShare(prediction, hits, n), pDecided: sharePDecided(prediction, hits, n) };
  }
  const summary = { mean, sd, n };
  return {
    verdict: decide(prediction, tInterval(summary, 0.95), tInterval(summary, 0.9)),
    pDecided: pDecidedOf(summary, prediction),
  };
}

/**
 * The 95 % prediction interval of the mean of a repetition with as many replicates, mean +- sqrt(2) t(0.975; n - 1) sd / sqrt(n),
 * in the estimate's unit; of a share sqrt(2) times as wide as Wilson's interval to either side. Training amplifies the
 * rounding of another processor or engine like a new fine-tuning seed, so that a run elsewhere is such a repetition.
 * Source: Patil, Peng and Leek 2016 (doi 10.1177/1745691616646366).
 */
export function predictionInterval({ mean, sd, n, share }: Pick<Numbers, 'mean' | 'sd' | 'n' | 'share'>): {
  low: number;
  high: number;
} {
  const { low, high } = share ? wilson(Math.round(mean * n), n) : tInterval({ mean, sd, n }, 0.95);
  return { low: mean - Math.SQRT2 * (mean - low), high: mean + Math.SQRT2 * (high - mean) };
}

/**
 * Which verdicts after Holm are firm: those that no mean in the claim's prediction interval would change, with the other claims
 * of the family as they are. A failed premise says nothing of a mean and counts as firm.
 */
export function firmIn(all: readonly Numbers[]): boolean[] {
  const members: Member[] = all.map((each) => ({
    family: each.family,
    verdict: each.verdict,
    pDecided: each.verdict === 'premise failed' ? 1 : verdictFrom(each).pDecided,
  }));
  return all.map((each, at) => {
    if (each.verdict === 'premise failed') return true;
    const { low, high } = predictionInterval(each);
    // What an equivalence says changes once more within: it is supported nearest to 0.
    const inner = each.prediction.kind === 'equivalent' ? [Math.min(Math.max(0, low), high)] : [];
    const after = [low, each.mean, high, ...inner].map((mean) => {
      const moved = { ...verdictFrom({ ...each, mean }), family: each.family };
      return inFamily(members.with(at, moved))[at]?.familyVerdict;
    });
    return new Set(after).size === 1;
  });
}

/** The numbers of a judged claim. */
export const numbersOf = (
  { family, prediction, setups }: Pick<ClaimText, 'family' | 'prediction'> & { readonly setups?: unknown },
  { verdict, mean, sd, n }: Pick<Judgement, 'verdict' | 'mean' | 'sd' | 'n'>,
): Numbers => ({ family, prediction, verdict, mean, sd, n, share: setups !== undefined });
