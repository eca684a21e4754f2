import type { Rng } from '../../src/core/rng.ts';

/** A law of one number a replicate, with mean 0 and standard deviation 1. */
export interface Law {
  readonly name: string;
  /** Third standardised central moment; 0 of every symmetric law, null where the law has none. */
  readonly skewness: number | null;
  readonly draw: (rng: Rng) => number;
}

const exponential = (rng: Rng): number => -Math.log(1 - rng.uniform());
const gammas = (rng: Rng): readonly [six: number, half: number] => [
  exponential(rng) + exponential(rng) + exponential(rng) + exponential(rng) + exponential(rng) + exponential(rng),
  rng.normal() ** 2 / 2,
];

const SIGMA = 0.8;
const LOGNORMAL = {
  mean: Math.exp(SIGMA ** 2 / 2),
  sd: Math.sqrt(Math.expm1(SIGMA ** 2) * Math.exp(SIGMA ** 2)),
  skewness: (Math.exp(SIGMA ** 2) + 2) * Math.sqrt(Math.expm1(SIGMA ** 2)),
};
const lognormal = (rng: Rng): number => (Math.exp(SIGMA * rng.normal()) - LOGNORMAL.mean) / LOGNORMAL.sd;

/** Beta(6, 1/2) as a ratio of gammas: a success rate whose mass lies just below its ceiling of 1. */
const BETA = {
  mean: 12 / 13,
  sd: Math.sqrt(3 / (42.25 * 7.5)),
  skewness: (2 * -5.5 * Math.sqrt(7.5)) / (8.5 * Math.sqrt(3)),
};
function ceiling(rng: Rng): number {
  const [six, half] = gammas(rng);
  return (six / (six + half) - BETA.mean) / BETA.sd;
}

const GRID = [-2, -1, -1, 0, 0, 0, 1, 1, 2] as const;

/** Of a - share b with a and b independent of the same standardised law. */
const minus =
  (draw: Law['draw'], share: number): Law['draw'] =>
  (rng) =>
    (draw(rng) - share * draw(rng)) / Math.hypot(1, share);
const skewnessOfMinus = (skewness: number, share: number): number =>
  (skewness * (1 - share ** 3)) / Math.hypot(1, share) ** 3;

/** Laws that drifts, rates and their paired differences may follow. Sources of draws: inverse cdf, Box-Muller, ratios of gammas. */
export const LAWS: readonly Law[] = [
  { name: 'normal', skewness: 0, draw: (rng) => rng.normal() },
  {
    name: 'heavy-tailed: t with 3 df',
    skewness: null,
    draw: (rng) => rng.normal() / Math.hypot(rng.normal(), rng.normal(), rng.normal()),
  },
  { name: 'bounded: uniform', skewness: 0, draw: (rng) => Math.sqrt(12) * (rng.uniform() - 0.5) },
  { name: 'tied: five values', skewness: 0, draw: (rng) => rng.pick(GRID) / Math.sqrt(12 / 9) },
  { name: 'exponential', skewness: 2, draw: (rng) => exponential(rng) - 1 },
  { name: 'lognormal, sigma 0.8', skewness: LOGNORMAL.skewness, draw: lognormal },
  { name: 'near a ceiling: beta(6, 0.5)', skewness: BETA.skewness, draw: ceiling },
  { name: 'difference of two lognormals', skewness: 0, draw: minus(lognormal, 1) },
  {
    name: 'lognormal minus one half as wide',
    skewness: skewnessOfMinus(LOGNORMAL.skewness, 0.5),
    draw: minus(lognormal, 0.5),
  },
  { name: 'difference of two near a ceiling', skewness: 0, draw: minus(ceiling, 1) },
  {
    name: 'near a ceiling minus one half as wide',
    skewness: skewnessOfMinus(BETA.skewness, 0.5),
    draw: minus(ceiling, 0.5),
  },
];
