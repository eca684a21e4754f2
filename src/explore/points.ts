import type { Configuration } from '../project/configuration.ts';
import { sampledChanges } from './arbitrary.ts';
import type { Point } from './outcome.ts';

/** Of the draw of setups, the same for every prevalence claim; the lineages' seeds start at the second. */
const DRAW = 20261124;
const FIRST_SEED = 3_000_000;

/** The setups of a profile, each with the seed of its replicate: the same for every prevalence claim. */
export function pointsOf({ setup, changed: { setups, mostCost } }: Configuration): Point[] {
  const all = sampledChanges(setup, setups, DRAW, { mostCost });
  return all.map((changes, i) => ({ changes, seed: FIRST_SEED + i }));
}
