import { depth } from '../claims/side.ts';
import { canonical } from '../core/canonical.ts';
import type { Rng } from '../core/rng.ts';
import type { Changes, Outcome } from '../records/exploration.ts';
import { isBounded } from './arbitrary.ts';
import type { Trial } from './confirm.ts';
import type { Factor, Registered } from './factors.ts';
import { usableOf } from './region.ts';

/** The search goes on from so many of the farthest points, to so many neighbours of each, so many times. */
const BEAM = 3;
const NEIGHBOURS = 4;
const ROUNDS = 2;
/** Draws of a neighbour before a point is left, when all that is drawn was visited or costs too much. */
const TRIES = 50;

/**
 * Looks around the points that lie farthest on the other side, or nearest to it, for others that lie farther: neighbours that
 * differ in one factor, drawn by `rng`, one replicate each. Gives the points that it visited, in their order, and whether it
 * came to its end: it does not where points are not ready in time.
 */
export async function searchAround(
  { side, look, freshSeeds }: Trial,
  {
    registered,
    factors,
    rng,
  }: { readonly registered: Registered; readonly factors: readonly Factor[]; readonly rng: Rng },
  start: readonly Outcome[],
): Promise<{ readonly found: readonly Outcome[]; readonly complete: boolean }> {
  const found: Outcome[] = [];
  const visited = new Set(start.map(({ changes }) => canonical(changes)));
  for (let round = 0; round < ROUNDS; round++) {
    const worst = usableOf([...start, ...found])
      .sort((a, b) => depth(side.prediction, a.value) - depth(side.prediction, b.value))
      .slice(0, BEAM);
    const points = worst.flatMap(({ changes }) =>
      Array.from({ length: NEIGHBOURS }).flatMap(() => {
        const next = neighbourOf(registered, factors, changes, visited, rng);
        return next === undefined ? [] : [{ changes: next, seed: freshSeeds(1)[0] as number }];
      }),
    );
    const outcomes = await look(points);
    found.push(...outcomes);
    if (outcomes.length < points.length) return { found, complete: false };
  }
  return { found, complete: true };
}

/** Changes that differ from these in one factor, valid and bounded, and not yet in `visited`, where they are put. */
function neighbourOf(
  registered: Registered,
  factors: readonly Factor[],
  changes: Changes,
  visited: Set<string>,
  rng: Rng,
): Changes | undefined {
  for (let i = 0; i < TRIES; i++) {
    const { name, others } = rng.pick(factors);
    const value = rng.pick([null, ...others]);
    const { [name]: _, ...rest } = changes;
    const next = value === null ? rest : { ...rest, [name]: value };
    const key = canonical(next);
    if (visited.has(key) || !isBounded(registered, next)) continue;
    visited.add(key);
    return next;
  }
  return undefined;
}
