import { InputError } from '../core/errors.ts';
import { type Interval, meanInterval, tTest } from './paired.ts';
import { fraction } from './sample.ts';

export interface EquivalenceTest {
  /** The larger of the two: below alpha exactly when the interval lies inside (-margin, margin). */
  readonly p: number;
  /** One-sided t test of mean > -margin. */
  readonly pLower: number;
  /** One-sided t test of mean < margin. */
  readonly pUpper: number;
  /** t interval of level 1 - 2 alpha, in the values' unit. */
  readonly interval: Interval;
}

/**
 * Two one-sided t tests (TOST) that the mean of one number a replicate lies in (-margin, margin).
 * Throws `InputError` unless margin > 0 and alpha lies in (0, 0.5), and as `tTest` does.
 * Source: Schuirmann 1987; oracle: statsmodels `DescrStatsW(values).ttost_mean(-margin, margin)`, which
 * `ttost_paired` calls.
 */
export function equivalenceTest(values: readonly number[], margin: number, alpha = 0.05): EquivalenceTest {
  if (!(margin > 0 && Number.isFinite(margin))) {
    throw new InputError('equivalence margin', {
      expected: 'a finite number above 0, in the unit of the values',
      got: `${margin}`,
      todo: 'state the smallest effect of interest',
    });
  }
  fraction(2 * alpha, 'twice the alpha of an equivalence test');
  const pLower = tTest(values, -margin, 'greater').p;
  const pUpper = tTest(values, margin, 'less').p;
  return { p: Math.max(pLower, pUpper), pLower, pUpper, interval: meanInterval(values, 1 - 2 * alpha).interval };
}
