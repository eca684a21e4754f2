import { InputError } from '../core/errors.ts';

/** Panels of each piece of the integral over the standard deviation: enough for 1e-10 at every n. */
const PANELS = 24;

/** The mean of `found(u)` over U; `ends` are places between which `found` is smooth and beyond which it hardly changes. */
export type OverDeviations = (found: (u: number) => number, ends: readonly number[]) => number;

/**
 * The mean over U = S / sigma, the standard deviation of n normal values in units of the true one: with df = n - 1, U is
 * sqrt(chi^2(df) / df), whose density is proportional to u^(df - 1) exp(-df u^2 / 2).
 * Throws `InputError` unless n is a whole number of 2 or more.
 */
export function overDeviations(n: number): OverDeviations {
  if (!Number.isSafeInteger(n) || n < 2) {
    throw new InputError('replicates', { expected: 'a whole number of 2 or more', got: `${n}`, todo: 'register more' });
  }
  const df = n - 1;
  // The logarithm of the density falls by at least df (u - mode)^2 / 2: beyond 7 / sqrt(df), under exp(-24).
  const mode = Math.sqrt((df - 1) / df);
  const first = Math.max(0, mode - 7 / Math.sqrt(df));
  const last = mode + 7 / Math.sqrt(df);
  const logDensity = (u: number): number => (df === 1 ? 0 : (df - 1) * Math.log(u)) - (df * u * u) / 2;
  const density = (u: number): number => Math.exp(logDensity(u) - logDensity(mode));
  const total = integral(density, first, last);
  return (found, ends) => {
    const weighed = (u: number): number => density(u) * found(u);
    const inside = ends.map((end) => Math.min(last, Math.max(first, end)));
    const pieces = [first, ...inside, last].sort((a, b) => a - b);
    const sum = pieces.slice(1).reduce((sum, end, i) => sum + integral(weighed, pieces[i] as number, end), 0);
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
