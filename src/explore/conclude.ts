import type { DeclaredClaim } from '../claims/declared.ts';
import { depth } from '../claims/side.ts';
import { declaredHash } from '../claims/spec-hash.ts';
import type { Prediction } from '../claims/verdict.ts';
import { stream } from '../core/rng.ts';
import type { Configuration } from '../project/configuration.ts';
import type { Changes, Exploration, Measured, Outcome, Retest } from '../records/exploration.ts';
import { sampledChanges } from './arbitrary.ts';
import { retest, seedsFrom, smallestFlip, type Trial } from './confirm.ts';
import { noneLine, regionLines, retestLine, smallestLines } from './describe.ts';
import type { Factor, Registered } from './factors.ts';
import type { Point } from './outcome.ts';
import { boundaryOf, regionOf, usableOf } from './region.ts';
import { searchAround } from './search.ts';

/** Where the seeds of one `--seed` start, each use far from the others and from those of the registered replicates. */
const SEEDS = {
  drawn: (seed: number): number => 1_000_000 + 1_000 * seed,
  retests: (seed: number): number => 10_000_000 + 10_000 * seed,
  pinned: (seed: number): number => 20_000_000 + 10_000 * seed,
  search: (seed: number): number => 40_000_000 + 10_000 * seed,
};

/** The changed setups of an exploration, each with the seed of its replicate. */
export function drawnPoints(
  registered: Registered,
  { setups, seed, factors }: Pick<Drawn, 'setups' | 'seed' | 'factors'>,
): Point[] {
  const all = sampledChanges(registered, setups, seed, { factors });
  return all.map((changes, i) => ({ changes, seed: SEEDS.drawn(seed) + i }));
}

/** Boundary setups that are tested again. */
const RETESTED = 3;

/** Replicates of a setup that is tested again. */
const REPLICATES = 6;

/** What was drawn for an exploration, and how far it goes. */
export interface Drawn {
  readonly seed: number;
  /** How many setups were drawn; those that were not ready in time have no outcome. */
  readonly setups: number;
  readonly factors: readonly Factor[];
  readonly bounds: string | undefined;
  /** Whether to search on around the farthest points, and for the smallest change that flips. */
  readonly breaks: boolean;
  /** Changes that flipped before, which are tested again. */
  readonly pinned: readonly Changes[];
}

/** What an exploration concludes, and the changes that flipped twice, which are worth pinning. */
export interface Concluded {
  readonly exploration: Exploration;
  /** Tests them once more where that was not done yet. */
  readonly flippedTwice: () => Promise<readonly Changes[]>;
}

/**
 * Sums up what drawn setups say of a claim, and tests its boundary again: the nearest boundary setups and, where it `breaks`,
 * those farthest across, from which a search goes on and takes changes back as long as the verdict stays flipped. Tells in lines.
 */
export async function conclude(
  about: Omit<Trial, 'freshSeeds' | 'replicates'> & { readonly claim: DeclaredClaim },
  outcomes: readonly Outcome[],
  { seed, setups, factors, bounds, breaks, pinned }: Drawn,
  configuration: Configuration,
  say: (lines: readonly string[]) => unknown,
): Promise<Concluded> {
  const { claim, side } = about;
  const { id, unit } = claim.spec;
  const region = regionOf(outcomes, { side, registered: configuration, arms: Object.values(claim.spec.arms) });
  const late = outcomes.length < setups ? [`  partial: ${outcomes.length} of ${setups} setups were ready in time`] : [];
  say(['', ...regionLines(id, unit, side, region), ...late]);

  const trial = (from: (seed: number) => number): Trial => ({
    ...{ ...about, replicates: REPLICATES, freshSeeds: seedsFrom(from(seed)) },
  });
  const before = await retest(trial(SEEDS.pinned), pinned);
  say(before.map((each) => `  pinned: ${retestLine(each, side.prediction)}`));
  const rng = stream(seed, 'search', id);
  const search = breaks
    ? await searchAround(trial(SEEDS.search), { registered: configuration, factors, rng }, outcomes)
    : { found: [], complete: true };
  const chosen = candidates(boundaryOf(usableOf([...outcomes, ...search.found]), side), side.prediction, breaks);
  const again = trial(SEEDS.retests);
  const retests = side.origin === 'registered' ? await retest(again, chosen) : [];
  say(retests.map((each) => `  ${retestLine(each, side.prediction)}`));
  const missing = pinned.length + (side.origin === 'registered' ? chosen.length : 0) - before.length - retests.length;
  if (missing > 0) say([`  ${missing} setups could not be tested again in time`]);
  const [first] = retests.filter(({ flipped }) => flipped);
  const smallest = breaks && first !== undefined ? await smallestFlip(again, first, configuration, factors) : null;
  if (smallest !== null) say(smallestLines(smallest, side.prediction));
  else if (breaks) say([noneLine(outcomes.length, search.found.length, retests.length)]);
  if (!search.complete) say(['  time was up before the search had ended']);
  const flips = retests.filter(({ flipped }) => flipped).map(({ changes }) => changes);
  const flippedTwice = async (): Promise<Changes[]> => {
    const twice: Retest[] = smallest === null ? await retest(again, flips) : smallest.again ? [smallest.again] : [];
    return twice.filter(({ flipped }) => flipped).map(({ changes }) => changes);
  };
  const exploration = {
    claim: id,
    spec: declaredHash(claim, configuration),
    engine: configuration.engine,
    registered: side,
    seed,
    bounds: bounds ?? null,
    setups,
    complete: outcomes.length === setups && search.complete && missing === 0 && (smallest?.complete ?? true),
    ...{ region, outcomes, searched: search.found, pinned: before, retests, smallest },
  };
  return { exploration, flippedTwice };
}

/** What to test again: the nearest boundary setups and, for a search, those farthest across. */
function candidates(boundary: readonly Measured[], prediction: Prediction, search: boolean): Changes[] {
  const nearest = boundary.slice(0, RETESTED);
  const farthest = boundary.toSorted((a, b) => depth(prediction, a.value) - depth(prediction, b.value));
  const others = search ? farthest.filter((each) => !nearest.includes(each)).slice(0, RETESTED) : [];
  return [...nearest, ...others].map(({ changes }) => changes);
}
