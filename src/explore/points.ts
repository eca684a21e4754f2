import fc from 'fast-check';
import { REHEARSAL, STRATA, type Stratum } from '../claims/rehearsal.ts';
import type { Configuration } from '../project/configuration.ts';
import type { Changes } from '../records/exploration.ts';
import { changesOf, sampled } from './arbitrary.ts';
import { factorsOf, type Registered } from './factors.ts';
import type { Point } from './outcome.ts';

/** Of the draw of each stratum, the same for every setup, whose factors it draws from; the lineages' seeds start at the last. */
const DRAWS: Readonly<Record<Stratum, number>> = { 'without rehearsal': 20261126, 'with rehearsal': 20261127 };
const FIRST_SEED = 3_000_000;

/**
 * The setups of a profile, each with the seed of its replicate, the same for every prevalence claim about one setup, whatever
 * its arms: half of them in each stratum, by turns. The other factors are drawn by the same rules in both, and what rehearsal costs
 * is not looked at, so that the strata differ in rehearsal alone. A larger profile of the same cost begins with the setups of a
 * smaller one.
 */
export function pointsOf(registered: Registered & Pick<Configuration, 'changed'>): Point[] {
  const { setups, mostCost } = registered.changed;
  const all = factorsOf(registered);
  const others = changesOf(registered, { mostCost, factors: all.filter(({ name }) => name !== REHEARSAL) });
  const weights = all.filter(({ name }) => name === REHEARSAL).flatMap((factor) => factor.others);
  const rehearsed = fc
    .tuple(others, fc.constantFrom(...weights))
    .map(([changes, weight]): Changes => ({ ...changes, [REHEARSAL]: weight }));
  const of = { 'without rehearsal': others, 'with rehearsal': rehearsed };
  const drawn = STRATA.map((stratum) => sampled(of[stratum], setups / STRATA.length, DRAWS[stratum]));
  return Array.from({ length: setups }, (_, i) => ({
    changes: drawn[i % STRATA.length]?.[Math.floor(i / STRATA.length)] as Changes,
    seed: FIRST_SEED + i,
  }));
}
