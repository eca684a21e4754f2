/** The share of its scale by which a number may be off through rounding: sums of thousands of terms stay below it. */
export const ROUNDING = 1e-12;

/** The largest absolute value among numbers; 0 of none. */
export function largestOf(values: readonly number[]): number {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

/**
 * Sign of a - b: 0, a tie, where they differ by at most `ROUNDING` of the largest |number| among a, b and `from`, the
 * numbers that they were computed from (an end of an interval near 0 is a difference of larger ones). Scaling all of
 * them changes nothing, so that 0.8 - 0.5 ties with 0.3 and 1e-170 does not tie with 2e-170.
 */
export function compare(a: number, b: number, from: readonly number[] = []): -1 | 0 | 1 {
  const scale = Math.max(Math.abs(a), Math.abs(b), largestOf(from));
  if (Math.abs(a - b) <= ROUNDING * scale) return 0;
  return a > b ? 1 : -1;
}
