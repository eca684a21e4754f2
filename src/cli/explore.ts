import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { DeclaredClaim } from '../claims/declared.ts';
import { declaredClaims } from '../claims/files.ts';
import { specHash } from '../claims/gather.ts';
import { depth, type Side, sideOf } from '../claims/side.ts';
import type { Prediction } from '../claims/verdict.ts';
import { InputError } from '../core/errors.ts';
import { stream } from '../core/rng.ts';
import { writeWhole } from '../core/whole-file.ts';
import { sampledChanges } from '../explore/arbitrary.ts';
import { type Retest, retest, type Smallest, seedsFrom, smallestFlip, type Trial } from '../explore/confirm.ts';
import { secondsFor } from '../explore/cost.ts';
import { regionLines, retestLine, smallestLines } from '../explore/describe.ts';
import { type Outcome, visit } from '../explore/explore.ts';
import { type Changes, changesText } from '../explore/factors.ts';
import { readPinned, writePinned } from '../explore/pinned.ts';
import { boundaryOf, type Measured, type Region, regionOf, usableOf } from '../explore/region.ts';
import { searchAround } from '../explore/search.ts';
import { aboutSetup, type Configuration } from '../project/configuration.ts';
import { lockedFolder } from '../records/folder.ts';
import { latestOf } from '../records/latest.ts';
import { type Called, configured } from './called.ts';
import { askedFor, type ExploreAsked, VISITING } from './explore-options.ts';
import { replay, varySeeds } from './explore-seeds.ts';
import { registeredAt } from './registered.ts';

/** Where the seeds of one `--seed` start, each use far from the others and from those of the registered replicates. */
const SEEDS = {
  drawn: (seed: number): number => 1_000_000 + 1_000 * seed,
  retests: (seed: number): number => 10_000_000 + 10_000 * seed,
  pinned: (seed: number): number => 20_000_000 + 10_000 * seed,
  search: (seed: number): number => 40_000_000 + 10_000 * seed,
};

/** Boundary setups that are tested again, and replicates of each. */
const RETESTED = 3;
const REPLICATES = 6;

/**
 * `npm run explore`: where do claims hold? Draws changed setups from a seed, trains one replicate of each for all claims at
 * once, and writes `reports/latest/explore-<claim>.json` with the share on the registered side, the factors that move the
 * effect, and the points on the other side, the nearest of which are tested again with fresh seeds. `--break` searches on
 * around the farthest points, and takes changes back as long as the verdict stays flipped; `--pin` keeps what flipped twice
 * (of a search its smallest flip) in `fixtures/pinned/`, where every later exploration tests it again. An interrupted run goes
 * on from the store. `--vary-seed` repeats the verdict of the registered setup over fresh seeds instead; `--changes` with
 * `--seed` runs one replicate again.
 */
export async function explore(called: Called): Promise<void> {
  const { configuration: all } = await configured(called, 'standard');
  const { project } = all;
  const asked = askedFor(called.rest, await declaredClaims(project.hypotheses), project);
  const configuration = aboutSetup(all, asked.claims[0]?.spec.setup);
  if (asked.kind === 'replay') return replay(asked, configuration);
  if (asked.kind === 'vary-seed') return varySeeds(asked, configuration);
  const { claims, factors, seed, minutes } = asked;
  const sides = claims.map((claim) => sideOf(claim.spec.prediction, registeredAt(claim, configuration, 'standard')));
  refuseWithoutSide(asked, sides);
  const pinned = claims.map(({ spec }) => readPinned(spec.id, configuration.setup, project.pinned));
  const [start, limit] = [Date.now(), minutes === undefined ? undefined : minutes * 60_000];
  const points = sampledChanges(configuration.setup, asked.setups, seed, { factors }).map((changes, i) => ({
    changes,
    seed: SEEDS.drawn(seed) + i,
  }));
  const cost = points.reduce((sum, { changes }) => sum + secondsFor(configuration.setup, changes), 0);
  process.stderr.write(
    `${points.length} setups: about ${Math.ceil(cost / 60 / availableParallelism())} minutes here, less what the store has, then tests of the boundary\n`,
  );
  const visiting = limit === undefined ? undefined : start + VISITING * limit;
  const until = limit === undefined ? undefined : start + limit;
  const outcomes = await visit(claims, points, configuration, process.stderr, visiting);
  for (const [i, claim] of claims.entries()) {
    const look: Trial['look'] = async (of) => (await visit([claim], of, configuration, process.stderr, until))[0] ?? [];
    const trial = { claim, side: sides[i] as Side, look, replicates: REPLICATES };
    await conclude(trial, outcomes[i] ?? [], { asked, configuration, pinned: pinned[i] ?? [] });
  }
}

/** A claim whose registered verdict decides nothing has no side that could flip. */
function refuseWithoutSide({ claims, breaks, pin }: ExploreAsked, sides: readonly Side[]): void {
  const [open] = claims.filter((_, i) => sides[i]?.origin === 'predicted');
  if (open === undefined || !(breaks || pin)) return;
  throw new InputError(`${open.spec.id} cannot be broken`, {
    expected: 'with --break or --pin a claim that is registered as supported or refuted',
    got: 'one whose registered verdict decides nothing',
    todo: 'explore it without --break and --pin',
  });
}

/** Sums one claim up, tests its boundary again, prints and writes it. */
async function conclude(
  about: Omit<Trial, 'freshSeeds'> & { readonly claim: DeclaredClaim },
  outcomes: readonly Outcome[],
  { asked, configuration, pinned }: Concluding,
): Promise<void> {
  const { claim, side } = about;
  const { id, unit } = claim.spec;
  const { seed, setups, factors } = asked;
  const say = (lines: readonly string[]): unknown => process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  const arms = Object.values(claim.spec.arms);
  const region = regionOf(outcomes, { side, setup: configuration.setup, arms });
  const late = outcomes.length < setups ? [`  partial: ${outcomes.length} of ${setups} setups were ready in time`] : [];
  say(['', ...regionLines(id, unit, side, region), ...late]);

  const trial = (from: (seed: number) => number): Trial => ({ ...about, freshSeeds: seedsFrom(from(seed)) });
  const before = await retest(trial(SEEDS.pinned), pinned);
  say(before.map((each) => `  pinned: ${retestLine(each, side.prediction)}`));
  const rng = stream(seed, 'search', id);
  const search = asked.breaks
    ? await searchAround(trial(SEEDS.search), { registered: configuration.setup, factors, rng }, outcomes)
    : { found: [], complete: true };
  const boundary = boundaryOf(usableOf([...outcomes, ...search.found]), side);
  const chosen = candidates(boundary, side.prediction, asked.breaks);
  const again = trial(SEEDS.retests);
  const retests = side.origin === 'registered' ? await retest(again, chosen) : [];
  say(retests.map((each) => `  ${retestLine(each, side.prediction)}`));
  const missing = pinned.length + (side.origin === 'registered' ? chosen.length : 0) - before.length - retests.length;
  if (missing > 0) say([`  ${missing} setups could not be tested again in time`]);
  const [first] = retests.filter(({ flipped }) => flipped);
  const smallest =
    asked.breaks && first !== undefined ? await smallestFlip(again, first, configuration.setup, factors) : null;
  if (smallest !== null) say(smallestLines(smallest, side.prediction));
  else if (asked.breaks) say([noneLine(outcomes.length, search.found.length, retests.length)]);
  if (!search.complete) say(['  time was up before the search had ended']);
  const complete = outcomes.length === setups && search.complete && missing === 0 && (smallest?.complete ?? true);
  const spec = specHash([claim], configuration);
  const found = {
    spec,
    engine: configuration.engine,
    registered: side,
    seed,
    bounds: asked.bounds ?? null,
    setups,
    complete,
  };
  await write(configuration, id, {
    ...found,
    region,
    outcomes,
    searched: search.found,
    pinned: before,
    retests,
    smallest,
  });
  if (!asked.pin) return;
  const flips = retests.filter(({ flipped }) => flipped).map(({ changes }) => changes);
  const twice = smallest === null ? await retest(again, flips) : smallest.again === null ? [] : [smallest.again];
  const kept = twice.filter(({ flipped }) => flipped).map(({ changes }) => changes);
  writePinned(id, kept, configuration.setup, configuration.project.pinned);
  say([`  pinned: ${kept.length === 0 ? 'none' : kept.map(changesText).join('; ')}`]);
}

/** What to test again: the nearest boundary setups and, for a search, those farthest across. */
function candidates(boundary: readonly Measured[], prediction: Prediction, search: boolean): Changes[] {
  const nearest = boundary.slice(0, RETESTED);
  const farthest = boundary.toSorted((a, b) => depth(prediction, a.value) - depth(prediction, b.value));
  const others = search ? farthest.filter((each) => !nearest.includes(each)).slice(0, RETESTED) : [];
  return [...nearest, ...others].map(({ changes }) => changes);
}

interface Concluding {
  readonly asked: ExploreAsked;
  readonly configuration: Configuration;
  readonly pinned: ReturnType<typeof readPinned>;
}

const noneLine = (drawn: number, searched: number, tested: number): string =>
  `  no confirmed flip: ${drawn} setups drawn, ${searched} more searched, ${tested} tested again`;

/** What `reports/latest/explore-<claim>.json` holds beside the claim's id. */
interface Exploration {
  /** Of the claim that was explored: another one is another claim. */
  readonly spec: string;
  readonly engine: string;
  readonly registered: Side;
  readonly seed: number;
  readonly bounds: string | null;
  readonly setups: number;
  /** Whether nothing was left out for lack of time. */
  readonly complete: boolean;
  readonly region: Region;
  readonly outcomes: readonly Outcome[];
  readonly searched: readonly Outcome[];
  readonly pinned: readonly Retest[];
  readonly retests: readonly Retest[];
  readonly smallest: Smallest | null;
}

/** Under the lock of the folder: a run that ends at the same time replaces it. */
function write({ project }: Configuration, id: string, exploration: Exploration): Promise<void> {
  const latest = latestOf(project);
  return lockedFolder(latest, () =>
    writeWhole(join(latest, `explore-${id}.json`), `${JSON.stringify({ claim: id, ...exploration }, null, 2)}\n`),
  );
}
