import erfc from '@stdlib/math-base-special-erfc';

/** Standard normal distribution function Phi(z) = erfc(-z / sqrt 2) / 2, accurate in both tails. */
export function normalCdf(z: number): number {
  return erfc(-z / Math.SQRT2) / 2;
}
