import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { finite, InputError, InvariantError } from '../core/errors.ts';
import { normalCdf } from './normal.ts';
import { fraction } from './sample.ts';

/** Panels of each piece of the integral over the standard deviation: enough for 1e-10 at every n. */
const PANELS = 24;
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
 * Power as a function of the noncentrality c. With U = sqrt(chi^2(df) / df), df = n - 1, T = (Z + c) / U gives
 * P(|T| > t) = E[Phi(c - t U) + Phi(-c - t U)]; the density of U is proportional to u^(df - 1) exp(-df u^2 / 2).
 */
function powerCurve(n: number, alpha: number): (noncentrality: number) => number {
  fraction(alpha, 'alpha');
  if (!Number.isSafeInteger(n) || n < 2) {
    throw new InputError('replicates', { expected: 'a whole number of 2 or more', got: `${n}`, todo: 'register more' });
  }
  const df = n - 1;
  const critical = tQuantile(1 - alpha / 2, df);
  // The logarithm of the density falls by at least df (u - mode)^2 / 2: beyond 7 / sqrt(df), under exp(-24).
  const mode = Math.sqrt((df - 1) / df);
  const first = Math.max(0, mode - 7 / Math.sqrt(df));
  const last = mode + 7 / Math.sqrt(df);
  const logDensity = (u: number): number => (df === 1 ? 0 : (df - 1) * Math.log(u)) - (df * u * u) / 2;
  const density = (u: number): number => Math.exp(logDensity(u) - logDensity(mode));
  const total = integral(density, first, last);
  return (noncentrality) => {
    const c = Math.abs(noncentrality);
    const found = (u: number): number => density(u) * (normalCdf(c - critical * u) + normalCdf(-c - critical * u));
    // Phi(c - t u) falls from 1 to 0 about u = c / t, at n = 2 much faster than the density: that is a piece of its own.
    const ends = [c - TAIL, TAIL - c, c + TAIL].map((z) => Math.min(last, Math.max(first, z / critical)));
    const pieces = [first, ...ends, last].sort((a, b) => a - b);
    const sum = pieces.slice(1).reduce((sum, end, i) => sum + integral(found, pieces[i] as number, end), 0);
    return sum / total;
  };
}

/** Nodes in (-1, 1) of the Gauss-Legendre rule of five points, with their weights. */
const GAUSS: readonly (readonly [node: number, weight: number])[] = [
  [0, 128 / 225],
  ...[1, -1].flatMap((sign): [number, number][] => {
    const node = Math.sqrt(5 + sign * 2 * Math.sqrt(10 / 7)) / 3;
    const weight = (322 - sign * 13 * Math.sqrt(70)) / 900;
    return [
      [node, weight],
      [-node, weight],
    ];
  }),
];

/** The integral of `f` from `from` to `to`, by five points in each of `PANELS` panels; 0 of an empty piece. */
function integral(f: (x: number) => number, from: number, to: number): number {
  if (from === to) return 0;
  const half = (to - from) / (2 * PANELS);
  let sum = 0;
  for (let panel = 0; panel < PANELS; panel++) {
    const middle = from + (2 * panel + 1) * half;
    for (const [node, weight] of GAUSS) sum += weight * f(middle + node * half);
  }
  return sum * half;
}
