import seedrandom from 'seedrandom';
import { InvariantError } from './errors.ts';

/** A stream of random numbers. Two streams with different names are independent; the same name gives the same numbers. */
export interface Rng {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Integer uniform in [0, n). */
  integer(n: number): number;
  /** Standard normal (Box-Muller, one value a call). */
  normal(): number;
  /** One element of a list that is not empty. */
  pick<T>(items: readonly T[]): T;
  /** A new array with the items in random order (Fisher-Yates). */
  shuffle<T>(items: readonly T[]): T[];
}

/**
 * The named substream of a seed, for example `stream(0, 'world')` or `stream(7, 'batch', 'sdft')`.
 * ARC4 of seedrandom 3, seeded by the JSON text of the whole path, so 1/'2' and 12/'' differ and seed 0 works.
 */
export function stream(seed: number, ...names: readonly (string | number)[]): Rng {
  if (!Number.isSafeInteger(seed)) throw new InvariantError(`seed must be an integer, got ${seed}`);
  const source = seedrandom(JSON.stringify([seed, ...names]));
  const uniform = (): number => source.double();
  const open = (): number => {
    let u = uniform();
    while (u === 0) u = uniform();
    return u;
  };
  const integer = (n: number): number => Math.floor(uniform() * n);
  return {
    uniform,
    integer,
    normal: () => Math.sqrt(-2 * Math.log(open())) * Math.cos(2 * Math.PI * uniform()),
    pick: (items) => {
      const item = items[integer(items.length)];
      if (item === undefined) throw new InvariantError('cannot pick from an empty list');
      return item;
    },
    shuffle: (items) => {
      const out = [...items];
      for (let i = out.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        [out[i], out[j]] = [out[j] as (typeof out)[number], out[i] as (typeof out)[number]];
      }
      return out;
    },
  };
}
