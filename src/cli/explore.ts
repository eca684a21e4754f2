import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Configuration, PROJECT, readConfiguration } from '../claims/configuration.ts';
import { type DeclaredClaim, declaredClaims } from '../claims/files.ts';
import { readRegistry } from '../claims/registry.ts';
import type { Verdict } from '../claims/verdict.ts';
import { canonical } from '../core/canonical.ts';
import { InputError } from '../core/errors.ts';
import { sampledChanges } from '../explore/arbitrary.ts';
import { REPLICATES, type Retest, retest, smallestFlip } from '../explore/confirm.ts';
import { regionLines, retestLine, varietyLine } from '../explore/describe.ts';
import { visit } from '../explore/explore.ts';
import { type Changes, changesText } from '../explore/factors.ts';
import { readPinned, writePinned } from '../explore/pinned.ts';
import { type Region, regionOf } from '../explore/region.ts';
import { wilson } from '../stats/proportion.ts';
import { settleEngine } from './engines.ts';
import { type Asked, askedFor } from './explore-options.ts';

/** Seeds of explored lineages start here, far from those of the registered replicates; the retests of one `--seed` have a hundred. */
const FIRST_SEED = 1_000_000;
const RETEST_SEEDS = 500_000;
const VARIED_SEEDS = 2_000_000;

/** Boundary points that are tested again, nearest first. */
const RETESTED = 3;

/**
 * `npm run explore`: where do claims hold? Draws changed setups from a seed, trains one replicate of each for all claims at
 * once, and writes `reports/latest/explore-<claim>.json` with the share on the registered side, the factors that move the
 * effect, and the points on the other side, the nearest of which are tested again with fresh seeds. `--break` takes changes
 * back as long as the verdict stays flipped; `--pin` keeps what was confirmed in `fixtures/pinned/`, where every later
 * exploration tests it again. An interrupted run goes on from the store. `--vary-seed` repeats the verdict of the registered
 * setup over fresh seeds instead; `--changes` with `--seed` runs one replicate again.
 */
export async function explore(rest: readonly string[]): Promise<void> {
  await settleEngine(process.env);
  const configuration = readConfiguration(process.env, 'standard');
  const asked = askedFor(rest, await declaredClaims());
  if (asked.changes !== undefined) return replay(asked, asked.changes, configuration);
  if (asked.varySeed) return varySeeds(asked, configuration);
  const verdicts = asked.claims.map(({ claim }) => registeredVerdict(claim.spec.id, 'standard'));
  const until = endOf(asked);
  const points = sampledChanges(configuration.setup, asked.setups, asked.seed).map((changes, i) => ({
    changes,
    seed: FIRST_SEED + 1_000 * asked.seed + i,
  }));
  const outcomes = await visit(
    asked.claims.map(({ claim }) => claim),
    points,
    configuration,
    process.stderr,
    until,
  );
  for (const [i, declared] of asked.claims.entries()) {
    const own = outcomes[i] ?? [];
    await conclude(declared, own, verdicts[i] as Verdict, { ...asked, configuration, until });
  }
}

/** Sums one claim up, tests its boundary again, prints and writes it. */
async function conclude(
  { claim }: DeclaredClaim,
  outcomes: Awaited<ReturnType<typeof visit>>[number],
  registered: Verdict,
  {
    setups,
    seed,
    breaks,
    pin,
    configuration,
    until,
  }: Asked & { configuration: Configuration; until: number | undefined },
): Promise<void> {
  const { id, prediction, unit } = claim.spec;
  const region = regionOf(outcomes, { prediction, registered, setup: configuration.setup });
  const complete = outcomes.length === setups;
  const partial = complete ? '' : ` (partial: ${outcomes.length} of ${setups} setups were ready in time)`;
  process.stdout.write(`\n${regionLines(id, unit, region).join('\n')}${partial}\n`);
  const nearest = region.boundary.slice(0, RETESTED).map(({ changes }) => changes);
  const options = { registered, firstSeed: RETEST_SEEDS + 100 * seed, ground: configuration, until };
  const different = new Map([...readPinned(id), ...nearest].map((changes) => [canonical(changes), changes]));
  const retests = await retest(claim, [...different.values()], options, process.stderr);
  const late = different.size - retests.length;
  if (late > 0) process.stdout.write(`  ${late} of ${different.size} setups could not be tested again in time\n`);
  const smallest: Retest[] = [];
  if (breaks) {
    for (const flipped of retests.filter((each) => each.flipped))
      smallest.push(await smallestFlip(claim, flipped, options, process.stderr));
    if (smallest.length === 0)
      process.stdout.write(`  no confirmed flip among the ${retests.length} setups tested again\n`);
  }
  for (const each of [...retests, ...smallest]) process.stdout.write(`${retestLine(each)}\n`);
  writeExploration(id, { registered, seed, complete: complete && late === 0, region, retests, smallest });
  if (pin)
    writePinned(
      id,
      [...retests, ...smallest].filter(({ flipped }) => flipped),
    );
}

interface Exploration {
  readonly registered: Verdict;
  readonly seed: number;
  readonly complete: boolean;
  readonly region: Region;
  readonly retests: readonly Retest[];
  readonly smallest: readonly Retest[];
}

function writeExploration(id: string, exploration: Exploration): void {
  const folder = join(PROJECT, 'reports', 'latest');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `explore-${id}.json`), `${JSON.stringify({ claim: id, ...exploration }, null, 2)}\n`);
}

/** One replicate of changed setups again: what it says of each claim. */
async function replay({ claims, seed }: Asked, changes: Changes, configuration: Configuration): Promise<void> {
  const outcomes = await visit(
    claims.map(({ claim }) => claim),
    [{ changes, seed }],
    configuration,
    process.stderr,
  );
  claims.forEach(({ claim: { spec } }, i) => {
    const [outcome] = outcomes[i] ?? [];
    const failed = outcome?.premise === false ? ', its premises failed' : '';
    process.stdout.write(
      `${spec.id}: ${outcome?.value} ${spec.unit} at ${changesText(changes)}, seed ${seed}${failed}\n`,
    );
  });
}

/** How often the verdict of the registered setup comes out as registered at `quick`, over fresh seeds, six at a time. */
async function varySeeds(asked: Asked, configuration: Configuration): Promise<void> {
  const { claims, setups, seed } = asked;
  const until = endOf(asked);
  for (const { claim } of claims) {
    const { id } = claim.spec;
    const registered = registeredVerdict(id, 'quick');
    const verdicts: Verdict[] = [];
    for (let time = 0; time < setups; time++) {
      const options = {
        registered,
        firstSeed: VARIED_SEEDS + 10_000 * seed + REPLICATES * time,
        ground: configuration,
        until,
      };
      for (const { verdict } of await retest(claim, [{}], options, process.stderr)) verdicts.push(verdict);
    }
    const same = verdicts.filter((verdict) => verdict === registered).length;
    if (verdicts.length === 0) process.stdout.write(`${id}: no verdict was ready in time\n`);
    else process.stdout.write(`${varietyLine(id, registered, verdicts, wilson(same, verdicts.length))}\n`);
  }
}

/** When no further job may start; undefined for no limit. */
const endOf = ({ minutes }: Asked): number | undefined =>
  minutes === undefined ? undefined : Date.now() + minutes * 60_000;

function registeredVerdict(id: string, profile: 'quick' | 'standard'): Verdict {
  const result = readRegistry()[id]?.profiles[profile];
  if (result !== undefined) return result.verdict;
  throw new InputError(`${id} is not registered`, {
    expected: `a verdict at the profile ${profile} to compare with`,
    got: 'none',
    todo: `run SPILLOVER_PROFILE=${profile} npm run register first`,
  });
}
