import type { Side } from '../claims/side.ts';
import type { Claim } from '../claims/spec.ts';
import { judge } from '../claims/verdict.ts';
import { canonical } from '../core/canonical.ts';
import { stream } from '../core/rng.ts';
import type { Changes, Outcome, Retest, Smallest } from '../records/exploration.ts';
import { isPossible } from './applied.ts';
import { changesText, type Factor, factorValue, type Registered } from './factors.ts';
import type { Point } from './outcome.ts';

/** How a claim is put to the test at changed setups. */
export interface Trial {
  readonly claim: Claim;
  readonly side: Side;
  /** What points say of the claim; those that were not ready in time are left out. */
  readonly look: (points: readonly Point[]) => Promise<readonly Outcome[]>;
  /** Seeds that were never given before. */
  readonly freshSeeds: (count: number) => readonly number[];
  /** Replicates that a setup is tested again with before it is believed. */
  readonly replicates: number;
}

/** Source of seeds from `first` on, none twice. */
export function seedsFrom(first: number): (count: number) => number[] {
  let next = first;
  return (count) => {
    next += count;
    return Array.from({ length: count }, (_, i) => next - count + i);
  };
}

/** Judges a claim's side at changed setups on fresh seeds. A setup whose replicates were not all ready in time is left out. */
export async function retest(
  { claim, side, look, freshSeeds, replicates }: Trial,
  setups: readonly Changes[],
): Promise<Retest[]> {
  if (setups.length === 0) return [];
  const seeds = freshSeeds(replicates);
  const outcomes = await look(setups.flatMap((changes) => seeds.map((seed) => ({ changes, seed }))));
  return setups.flatMap((changes) => {
    const own = outcomes.filter((outcome) => outcome.changes === changes);
    if (own.length < replicates) return [];
    const premiseFailures = own.filter(({ premise }) => !premise).length;
    const values = own.flatMap(({ value }) => value ?? []);
    const none = { verdict: 'premise failed' as const, mean: null, low: null, high: null };
    const judged =
      values.length < 2
        ? none
        : judge(values, side.prediction, {
            registered: values.length,
            rng: stream(0, 'judge', claim.spec.id, changesText(changes)),
            premiseFailed: premiseFailures > 0,
          });
    const { verdict, mean } = judged;
    const { low, high } = 'interval' in judged ? judged.interval : none;
    const flipped = side.origin === 'registered' && verdict === 'refuted';
    return [{ changes, seeds, verdict, mean, low, high, premiseFailures, flipped }];
  });
}

/**
 * Takes changes back, one at a time, and makes those milder that must stay, as long as the verdict stays flipped and until
 * nothing of either kind is left that was not tested; each time on fresh seeds. Then tests what is left once more.
 */
export async function smallestFlip(
  trial: Trial,
  flipped: Retest,
  registered: Registered,
  factors: readonly Factor[],
): Promise<Smallest> {
  let found = flipped;
  const tested = new Set<string>();
  for (;;) {
    const next = lesser(found.changes, registered, factors).find((changes) => !tested.has(canonical(changes)));
    if (next === undefined) break;
    tested.add(canonical(next));
    const [once] = await retest(trial, [next]);
    if (once === undefined) return { found, again: null, tested: tested.size, complete: false };
    if (once.flipped) found = once;
  }
  const [again = null] = await retest(trial, [found.changes]);
  return { found, again, tested: tested.size, complete: again !== null };
}

/**
 * Changes with one taken back, but for none at all, and with one made milder: nearer to the registered value from its side. Only such
 * as go together.
 */
function lesser(changes: Changes, registered: Registered, factors: readonly Factor[]): Changes[] {
  const names = Object.keys(changes);
  const fewer = names.map((name) => Object.fromEntries(Object.entries(changes).filter(([other]) => other !== name)));
  const milder = names.flatMap((name) => {
    const from = factorValue(registered.setup, [], {}, name);
    const reach = (changes[name] as number) - from;
    const others = factors.find((factor) => factor.name === name)?.others ?? [];
    return others
      .filter((value) => (value - from) * reach > 0 && Math.abs(value - from) < Math.abs(reach))
      .sort((a, b) => Math.abs(a - from) - Math.abs(b - from))
      .map((value) => ({ ...changes, [name]: value }));
  });
  return [...(names.length > 1 ? fewer : []), ...milder].filter((each) => isPossible(registered, each));
}
