import { availableParallelism } from 'node:os';
import { declaredClaims } from '../claims/files.ts';
import { type Side, sideOf } from '../claims/side.ts';
import { InputError } from '../core/errors.ts';
import { conclude, drawnPoints } from '../explore/conclude.ts';
import type { Trial } from '../explore/confirm.ts';
import { secondsFor } from '../explore/cost.ts';
import { visit } from '../explore/explore.ts';
import { changesText } from '../explore/factors.ts';
import { readPinned, writePinned } from '../explore/pinned.ts';
import { aboutSetup } from '../project/configuration.ts';
import { writeExploration } from '../records/latest.ts';
import { type Called, configured } from './called.ts';
import { askedFor, type ExploreAsked, VISITING } from './explore-options.ts';
import { replay, varySeeds } from './explore-seeds.ts';
import { registeredAt } from './registered.ts';

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
  const { claims, minutes } = asked;
  const sides = claims.map((claim) => sideOf(claim.spec.prediction, registeredAt(claim, configuration, 'standard')));
  refuseWithoutSide(asked, sides);
  const pinned = claims.map(({ spec }) => readPinned(spec.id, configuration, project.pinned));
  const [start, limit] = [Date.now(), minutes === undefined ? undefined : minutes * 60_000];
  const points = drawnPoints(configuration, asked);
  const cost = points.reduce((sum, { changes }) => sum + secondsFor(configuration, changes), 0);
  process.stderr.write(
    `${points.length} setups: about ${Math.ceil(cost / 60 / availableParallelism())} minutes here, less what the store has, then tests of the boundary\n`,
  );
  const visiting = limit === undefined ? undefined : start + VISITING * limit;
  const until = limit === undefined ? undefined : start + limit;
  const outcomes = await visit(claims, points, configuration, process.stderr, visiting);
  const say = (lines: readonly string[]): unknown => process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  for (const [i, claim] of claims.entries()) {
    const look: Trial['look'] = async (of) => (await visit([claim], of, configuration, process.stderr, until))[0] ?? [];
    const about = { claim, side: sides[i] as Side, look };
    const drawn = { ...asked, pinned: pinned[i] ?? [] };
    const { exploration, flippedTwice } = await conclude(about, outcomes[i] ?? [], drawn, configuration, say);
    await writeExploration(project, exploration);
    if (!asked.pin) continue;
    const kept = await flippedTwice();
    writePinned(claim.spec.id, kept, configuration, project.pinned);
    say([`  pinned: ${kept.length === 0 ? 'none' : kept.map(changesText).join('; ')}`]);
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
