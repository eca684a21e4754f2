import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { finite, InputError, InvariantError } from '../core/errors.ts';
import { overDeviations } from './deviation.ts';
import { normalCdf } from './normal.ts';
import { fraction } from './sample.ts';

/** Beyond so many standard deviations the normal distribution function is 0 or 1, to 1e-15. */
const TAIL = 8;

/**
 * Power of the two-sided one-sample t test (the paired t test on differences) at n replicates, when the true mean
 * lies `effect` standard deviations from the number tested against: P(|T| > t(1 - alpha / 2; n - 1)) for T noncentral
 * t with n - 1 degrees of freedom and noncentrality effect sqrt(n).
 * Throws `InputError` unless n is a whole number of 2 or more and alpha lies in (0, 1), `InvariantError` on an effect
 * that is not finite. Oracle: statsmodels `TTestPower().power` and mpmath, to 1e-10.
 */
export function tTestPower(effect: number, n: number, alpha = 0.05): number {
  return powerCurve(n, alpha)(finite(effect, 'the effect') * Math.sqrt(n));
}

/**
 * Minimum detectable effect of the two-sided paired t test: the distance of the true mean from the number tested
 * against, in the unit of `sd`, that `n` replicates find with probability `power`. Solves tTestPower(d, n, alpha) =
 * power by bisection and returns d sd.
 * Throws `InputError` unless n is a whole number of 2 or more and 0 < alpha < power < 1, `InvariantError` on an sd
 * that is negative or not finite. Oracle: the power by mpmath, inverted, to 1e-8 of its value.
 */
export function minimumDetectableEffect(sd: number, n: number, power = 0.8, alpha = 0.05): number {
  if (finite(sd, 'the standard deviation') < 0) throw new InvariantError(`the standard deviation is ${sd}`);
  const curve = powerCurve(n, alpha);
  if (fraction(power, 'power') <= alpha) {
    throw new InputError('power', {
      expected: `more than alpha = ${alpha}`,
      got: `${power}`,
      todo: 'ask for more power',
    });
  }
  let low = 0;
  let high = 1;
  while (curve(high) < power) high *= 2;
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2;
    if (curve(middle) < power) low = middle;
    else high = middle;
  }
  return finite((high / Math.sqrt(n)) * sd, 'the minimum detectable effect');
}

/**
 * Power as a function of the noncentrality c. With U as in `overDeviations`, T = (Z + c) / U gives
 * P(|T| > t) = E[Phi(c - t U) + Phi(-c - t U)].
 */
function powerCurve(n: number, alpha: number): (noncentrality: number) => number {
  fraction(alpha, 'alpha');
  const mean = overDeviations(n);
  const critical = tQuantile(1 - alpha / 2, n - 1);
  return (noncentrality) => {
    const c = Math.abs(noncentrality);
    const found = (u: number): number => normalCdf(c - critical * u) + normalCdf(-c - critical * u);
    // Phi(c - t u) falls from 1 to 0 about u = c / t, at n = 2 much faster than the density: that is a piece of its own.
    return mean(
      found,
      [c - TAIL, TAIL - c, c + TAIL].map((z) => z / critical),
    );
  };
}

/**
 * Power of two one-sided t tests (TOST) at n replicates to show that a mean lies in (-margin, margin), when it truly is `mean`
 * and one replicate has the standard deviation `sd`, all in one unit. With U as in `overDeviations`, t = t(1 - alpha; n - 1)
 * and k = sqrt(n) / sd it is E[max(0, Phi(k (margin - mean) - t U) - Phi(t U - k (margin + mean)))]; where sd is 0, 1 inside
 * the margin and 0 elsewhere.
 * Throws `InputError` unless n is a whole number of 2 or more and alpha lies in (0, 0.5), `InvariantError` on a mean that is
 * not finite and a margin or an sd that is negative or not finite. Source: Phillips 1990 (doi 10.1007/BF01063556), without its
 * Owen's Q; oracle: that integral by mpmath, and a simulation of `ttost_mean` of statsmodels.
 */
export function equivalencePower(mean: number, sd: number, margin: number, n: number, alpha = 0.05): number {
  const over = overDeviations(n);
  fraction(2 * alpha, 'twice the alpha of an equivalence test');
  finite(mean, 'the mean');
  for (const [value, what] of [[sd, 'standard deviation'] as const, [margin, 'margin'] as const])
    if (finite(value, `the ${what}`) < 0) throw new InvariantError(`the ${what} is ${value}`);
  if (sd === 0) return Math.abs(mean) < margin ? 1 : 0;
  const k = Math.sqrt(n) / sd;
  const critical = tQuantile(1 - alpha, n - 1);
  const [below, above] = [k * (margin - mean), k * (margin + mean)];
  const found = (u: number): number => Math.max(0, normalCdf(below - critical * u) - normalCdf(critical * u - above));
  // Beyond k margin / t no deviation lets both tests pass; each Phi falls about below / t and above / t.
  const ends = [below - TAIL, below, below + TAIL, above - TAIL, above, above + TAIL, k * margin];
  return over(
    found,
    ends.map((z) => z / critical),
  );
}
