import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Configuration, PROJECT, readConfiguration } from '../claims/configuration.ts';
import { type DeclaredClaim, declaredClaims } from '../claims/files.ts';
import { readRegistry } from '../claims/registry.ts';
import type { Verdict } from '../claims/verdict.ts';
import { canonical } from '../core/canonical.ts';
import { InputError } from '../core/errors.ts';
import { sampledChanges } from '../explore/arbitrary.ts';
import { type Retest, retest, smallestFlip } from '../explore/confirm.ts';
import { secondsFor } from '../explore/cost.ts';
import { regionLines, retestLine } from '../explore/describe.ts';
import { visit } from '../explore/explore.ts';
import { readPinned, writePinned } from '../explore/pinned.ts';
import { type Region, regionOf } from '../explore/region.ts';
import { settleEngine } from './engines.ts';

/** Seeds of explored lineages start here, far from those of the registered replicates; a retest has its own thousand. */
const FIRST_SEED = 1_000_000;
const RETEST_SEEDS = 500_000;

/** Boundary points that are tested again, nearest first. */
const RETESTED = 3;

const USAGE = 'npm run explore -- --claim H1[,H2...] [--setups 60] [--minutes 60] [--seed 1] [--break] [--pin]';

interface Asked {
  readonly claims: readonly DeclaredClaim[];
  readonly setups: number;
  readonly minutes: number | undefined;
  readonly seed: number;
  readonly breaks: boolean;
  readonly pin: boolean;
}

/**
 * `npm run explore`: where do claims hold? Draws changed setups from a seed, trains one replicate of each for all claims at
 * once, and writes `reports/latest/explore-<claim>.json` with the share on the registered side, the factors that move the
 * effect, and the points on the other side, the nearest of which are tested again with fresh seeds. `--break` takes changes
 * back as long as the verdict stays flipped; `--pin` keeps what was confirmed in `fixtures/pinned/`, where every later
 * exploration tests it again. An interrupted run goes on from the store.
 */
export async function explore(rest: readonly string[]): Promise<void> {
  await settleEngine(process.env);
  const configuration = readConfiguration(process.env, 'standard');
  const asked = await askedFor(rest);
  const verdicts = asked.claims.map(({ claim }) => registeredVerdict(claim.spec.id));
  const until = asked.minutes === undefined ? undefined : Date.now() + asked.minutes * 60_000;
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
  const smallest: Retest[] = [];
  if (breaks) {
    for (const flipped of retests.filter((each) => each.flipped))
      smallest.push(await smallestFlip(claim, flipped, options, process.stderr));
    if (smallest.length === 0) process.stdout.write(`  no confirmed flip among ${region.points} setups\n`);
  }
  for (const each of [...retests, ...smallest]) process.stdout.write(`${retestLine(each)}\n`);
  writeExploration(id, { registered, seed, complete, region, retests, smallest });
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

function registeredVerdict(id: string): Verdict {
  const result = readRegistry()[id]?.profiles.standard;
  if (result !== undefined) return result.verdict;
  throw new InputError(`${id} is not registered`, {
    expected: 'a verdict at the profile standard to explore around',
    got: 'none',
    todo: 'run npm run register first',
  });
}

async function askedFor(rest: readonly string[]): Promise<Asked> {
  const { claim = '', setups, minutes, seed, ...flags } = parsed(rest);
  const declared = await declaredClaims();
  const ids = claim.split(',').filter((id) => id !== '');
  const claims = ids.flatMap((id) => declared.find((each) => each.claim.spec.id === id) ?? []);
  if (ids.length === 0 || claims.length < ids.length) {
    throw new InputError('which claims?', {
      expected: `--claim with ids out of ${declared.map((each) => each.claim.spec.id).join(', ')}`,
      got: claim === '' ? 'none' : claim,
      todo: USAGE,
    });
  }
  const least = secondsFor(readConfiguration(process.env).setup) / 60;
  const asked = {
    claims,
    setups: numberOf('setups', setups ?? '60', 1),
    seed: numberOf('seed', seed ?? '1', 0),
    breaks: flags.break === true,
    pin: flags.pin === true,
  };
  if (minutes === undefined) return { ...asked, minutes: undefined };
  const limit = Number(minutes);
  if (limit >= least) return { ...asked, minutes: limit };
  throw new InputError('too little time', {
    expected: `--minutes of at least ${least.toFixed(1)}, about what one setup takes`,
    got: minutes,
    todo: 'give more, or none for no limit',
  });
}

function parsed(rest: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    const options = { claim: text, setups: text, minutes: text, seed: text, break: flag, pin: flag };
    return parseArgs({ args: [...rest], options, strict: true }).values;
  } catch (error) {
    throw new InputError('unknown options', { expected: USAGE, got: (error as Error).message, todo: 'correct them' });
  }
}

function numberOf(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value < 1000) return value;
  throw new InputError(`--${name}`, {
    expected: `a whole number from ${least} to 999`,
    got: text,
    todo: USAGE,
  });
}
