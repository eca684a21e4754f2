import { finite, InputError } from '../core/errors.ts';
import type { Rng } from '../core/rng.ts';
import type { Alternative } from './paired.ts';
import { compare, ROUNDING } from './rounding.ts';
import { summarise } from './sample.ts';

/** Up to this many replicates all 2^n signings are enumerated. */
const EXACT_LIMIT = 20;

export interface SignFlipTest {
  readonly p: number;
  /** True when every signing was counted, false for the Monte Carlo estimate. */
  readonly exact: boolean;
}

/**
 * Sign-flip permutation test of mean(values - against), one number a replicate: under the null, each difference is
 * as likely with either sign. p = share of signings with a sum at least as extreme as the observed one.
 * n <= 20 enumerates all 2^n signings, so p >= 2^-n; above that, `draws` random signings give (b + 1) / (draws + 1).
 * p is never 0. A value that equals `against` but for rounding differs by 0, and sums closer than 1e-12 of the sum of
 * the larger of |value| and |against| are ties, which hides rounding and no more.
 * Two-sided compares |sum|. Throws `InputError` below 2 values or without draws, `InvariantError` on a number that is
 * not finite. Oracle: SciPy `permutation_test((values - against,), mean, permutation_type='samples')`; the Monte
 * Carlo p is that of Phipson and Smyth 2010.
 */
export function signFlipTest(
  values: readonly number[],
  against: number,
  alternative: Alternative,
  rng: Rng,
  draws = 9999,
): SignFlipTest {
  finite(against, 'the number to test against');
  const { n } = summarise(values);
  const differences = values.map((value) => (compare(value, against) === 0 ? 0 : value - against));
  const observed = finite(total(differences), 'the sum of differences');
  const scale = total(values.map((value) => Math.max(Math.abs(value), Math.abs(against))));
  const tie = ROUNDING * finite(scale, 'the sum of absolute values');
  const extreme = (sum: number): boolean => {
    if (alternative === 'greater') return sum >= observed - tie;
    if (alternative === 'less') return sum <= observed + tie;
    return Math.abs(sum) >= Math.abs(observed) - tie;
  };
  if (n <= EXACT_LIMIT) return { p: countSignings(differences, extreme) / 2 ** n, exact: true };
  if (!Number.isSafeInteger(draws) || draws < 1) {
    throw new InputError('random signings', {
      expected: 'a whole number of 1 or more',
      got: `${draws}`,
      todo: 'draw more',
    });
  }
  let b = 0;
  for (let draw = 0; draw < draws; draw++) {
    if (extreme(total(differences.map((difference) => (rng.uniform() < 0.5 ? difference : -difference))))) b++;
  }
  return { p: (b + 1) / (draws + 1), exact: false };
}

/** How many of the 2^n signings of `differences` have an extreme sum; each sum is built from n additions. */
function countSignings(differences: readonly number[], extreme: (sum: number) => boolean): number {
  const visit = (depth: number, sum: number): number => {
    const difference = differences[depth];
    if (difference === undefined) return extreme(sum) ? 1 : 0;
    return visit(depth + 1, sum + difference) + visit(depth + 1, sum - difference);
  };
  return visit(0, 0);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
