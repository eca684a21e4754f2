import fc from 'fast-check';
import type { Setup } from '../world/knobs.ts';
import { secondsFor } from './cost.ts';
import { type Changes, changed, FACTORS } from './factors.ts';

/** Factors that one setup changes at most, and on average: of more, nobody could tell which one mattered. */
const MOST_CHANGES = 8;
const USUAL_CHANGES = 4;

/** How much more than the registered setup one may cost. */
const MOST_COST = 3;

/**
 * Changes of a registered setup, valid by construction and of bounded cost. Shrinks towards the registered setup: fewer
 * changes, then milder ones.
 */
export function changesOf(registered: Setup): fc.Arbitrary<Changes> {
  const limit = MOST_COST * secondsFor(registered);
  const { length } = FACTORS;
  const unchanged = { arbitrary: fc.constant(undefined), weight: length - USUAL_CHANGES };
  const factor = (others: readonly number[]): fc.Arbitrary<number | undefined> =>
    fc.oneof({ withCrossShrink: true }, unchanged, { arbitrary: fc.constantFrom(...others), weight: USUAL_CHANGES });
  return fc
    .tuple(...FACTORS.map(({ others }) => factor(others)))
    .map(
      (values): Changes =>
        Object.fromEntries(FACTORS.flatMap(({ name }, i) => (values[i] === undefined ? [] : [[name, values[i]]]))),
    )
    .filter((changes) => {
      const count = Object.keys(changes).length;
      return count >= 1 && count <= MOST_CHANGES && secondsFor(changed(registered, changes).setup) <= limit;
    });
}

/** The first `count` changes that a seed draws; a longer list begins with the shorter one. */
export function sampledChanges(registered: Setup, count: number, seed: number): Changes[] {
  return fc.sample(changesOf(registered), { seed, numRuns: count });
}
