import fc from 'fast-check';
import type { Changes } from '../records/exploration.ts';
import { isPossible } from './applied.ts';
import { secondsFor } from './cost.ts';
import type { Factor, Registered } from './factors.ts';

/** Factors that one setup changes at most, and on average: of more, nobody could tell which one mattered. */
const MOST_CHANGES = 8;
const USUAL_CHANGES = 4;

/** How often an exploration changes one of these factors. */
export const usualShare = ({ length }: readonly Factor[]): number => USUAL_CHANGES / length;

/** How much more than the registered setup one may cost, unless another bound is given. */
const MOST_COST = 3;

/** What changes may be drawn: which factors vary, and how much one may cost. */
export interface Ranges {
  readonly factors: readonly Factor[];
  readonly mostCost?: number;
}

/** Whether changes make one to some factors different, go together, and cost no more than `mostCost` times the registered setup. */
export function isBounded(registered: Registered, changes: Changes, mostCost: number = MOST_COST): boolean {
  const count = Object.keys(changes).length;
  if (count < 1 || count > MOST_CHANGES || !isPossible(registered, changes)) return false;
  return secondsFor(registered, changes) <= mostCost * secondsFor(registered);
}

/**
 * Changes of a registered setup, valid by construction and of bounded cost. Shrinks towards the registered setup: fewer
 * changes, then milder ones.
 */
export function changesOf(registered: Registered, { factors, mostCost = MOST_COST }: Ranges): fc.Arbitrary<Changes> {
  const weight = Math.max(1, factors.length - USUAL_CHANGES);
  const unchanged = { arbitrary: fc.constant(undefined), weight };
  const factor = (others: readonly number[]): fc.Arbitrary<number | undefined> =>
    fc.oneof({ withCrossShrink: true }, unchanged, { arbitrary: fc.constantFrom(...others), weight: USUAL_CHANGES });
  return fc
    .tuple(...factors.map(({ others }) => factor(others)))
    .map(
      (values): Changes =>
        Object.fromEntries(factors.flatMap(({ name }, i) => (values[i] === undefined ? [] : [[name, values[i]]]))),
    )
    .filter((changes) => isBounded(registered, changes, mostCost));
}

/** The first `count` changes that a seed draws, all alike (unbiased); a longer list begins with the shorter one. */
export function sampledChanges(registered: Registered, count: number, seed: number, ranges: Ranges): Changes[] {
  return sampled(changesOf(registered, ranges), count, seed);
}

/** The first `count` changes of an arbitrary that a seed draws; see `sampledChanges`. */
export const sampled = (changes: fc.Arbitrary<Changes>, count: number, seed: number): Changes[] =>
  fc.sample(changes, { seed, numRuns: count, unbiased: true });
