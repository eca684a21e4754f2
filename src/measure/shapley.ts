import { InvariantError } from '../core/errors.ts';

/** What a whole that several parts make comes to, told apart. */
export interface Shares {
  /** The Shapley value of each part: the mean of what it adds over all orders in which parts can come. They sum to the whole. */
  readonly parts: readonly number[];
  /** The Shapley interaction of each pair [i, j], i < j: above 0 where two do more together than each alone, below 0 where either does. */
  readonly pairs: readonly { readonly of: readonly [number, number]; readonly interaction: number }[];
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
const sizeOf = (set: number): number => (set === 0 ? 0 : (set & 1) + sizeOf(set >> 1));

/**
 * Shapley values and pairwise interactions of n parts, from what each of their 2^n sets comes to: `values[set]`, where bit i of the
 * set says that part i is in it. Throws `InvariantError` where there are not 2^n values.
 * Source: Shapley 1953; interactions as in Grabisch and Roubens 1999 (International Journal of Game Theory 28, 547-565).
 */
export function shapley(values: readonly number[]): Shares {
  const n = Math.log2(values.length);
  if (!Number.isInteger(n) || n < 1) throw new InvariantError(`${values.length} values are not those of all sets`);
  const sets = [...values.keys()];
  const at = (set: number): number => values[set] as number;
  const without = (taken: number): number[] => sets.filter((set) => (set & taken) === 0);
  const players = Array.from({ length: n }, (_, i) => i);
  const weight = (set: number, left: number): number =>
    (factorial(sizeOf(set)) * factorial(n - sizeOf(set) - left)) / factorial(n - left + 1);
  const parts = players.map((i) => {
    const bit = 1 << i;
    return without(bit).reduce((sum, set) => sum + weight(set, 1) * (at(set | bit) - at(set)), 0);
  });
  const pairs = players.flatMap((i) =>
    players.slice(i + 1).map((j) => {
      const [a, b] = [1 << i, 1 << j];
      const interaction = without(a | b).reduce(
        (sum, set) => sum + weight(set, 2) * (at(set | a | b) - at(set | a) - at(set | b) + at(set)),
        0,
      );
      return { of: [i, j] as const, interaction };
    }),
  );
  return { parts, pairs };
}
