import type { Claim } from '../claims/spec.ts';
import { type Judgement, judge, type Verdict } from '../claims/verdict.ts';
import { stream } from '../core/rng.ts';
import type { ProgressSink } from '../lab/progress.ts';
import { type Ground, visit } from './explore.ts';
import { type Changes, changesText } from './factors.ts';

/** Replicates that a setup is tested again with before it is believed. */
export const REPLICATES = 6;

/** A setup tested again with fresh seeds. */
export interface Retest {
  readonly changes: Changes;
  readonly seeds: readonly number[];
  readonly verdict: Verdict;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly premiseFailures: number;
  /** Whether the verdict is decided the other way than the registered one. */
  readonly flipped: boolean;
}

/** The decided verdict that contradicts a registered one; a registered 'inconclusive' has none. */
function contradiction(registered: Verdict): Verdict | undefined {
  return registered === 'supported' ? 'refuted' : registered === 'refuted' ? 'supported' : undefined;
}

/**
 * Judges a claim at changed setups, on `REPLICATES` fresh seeds each, which start at `firstSeed`. A setup whose replicates
 * did not all end in time is left out.
 */
export async function retest(
  claim: Claim,
  setups: readonly Changes[],
  { registered, firstSeed, ground, until }: Retesting,
  sink: ProgressSink,
): Promise<Retest[]> {
  const seeds = Array.from({ length: REPLICATES }, (_, i) => firstSeed + i);
  const points = setups.flatMap((changes) => seeds.map((seed) => ({ changes, seed })));
  const [outcomes = []] = await visit([claim], points, ground, sink, until);
  return setups.flatMap((changes) => {
    const own = outcomes.filter((outcome) => outcome.changes === changes);
    if (own.length < REPLICATES) return [];
    const premiseFailures = own.filter(({ premise }) => !premise).length;
    const judgement = judge(
      own.map(({ value }) => value),
      claim.spec.prediction,
      {
        registered: REPLICATES,
        rng: stream(0, 'judge', claim.spec.id, changesText(changes)),
        premiseFailed: premiseFailures > 0,
      },
    );
    return [
      {
        changes,
        seeds,
        premiseFailures,
        ...summed(judgement),
        flipped: judgement.verdict === contradiction(registered),
      },
    ];
  });
}

interface Retesting {
  readonly registered: Verdict;
  readonly firstSeed: number;
  readonly ground: Ground;
  readonly until?: number | undefined;
}

function summed({ verdict, mean, interval }: Judgement): Pick<Retest, 'verdict' | 'mean' | 'low' | 'high'> {
  return { verdict, mean, low: interval.low, high: interval.high };
}

/**
 * Takes changes back, one at a time, as long as the verdict stays flipped, each time on other fresh seeds: the smallest
 * change found that flips it. Ends early, with what it has, at `until`.
 */
export async function smallestFlip(
  claim: Claim,
  flipped: Retest,
  options: Retesting,
  sink: ProgressSink,
): Promise<Retest> {
  let smallest = flipped;
  for (const [step, name] of Object.keys(flipped.changes).entries()) {
    const { [name]: _, ...fewer } = smallest.changes;
    if (Object.keys(fewer).length === 0) break;
    const firstSeed = options.firstSeed + REPLICATES * (step + 1);
    const [again] = await retest(claim, [fewer], { ...options, firstSeed }, sink);
    if (again?.flipped === true) smallest = again;
  }
  return smallest;
}
