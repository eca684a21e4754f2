import type { Programs } from '../engine/programs.ts';
import type { Arm } from '../train/arm.ts';
import type { World } from '../world/world.ts';
import type { Curve } from './curve.ts';
import type { Comparison } from './measure.ts';

/** What was made of one base by the names that it was asked by: for comparisons of that base, world and programs only. */
export type Shared = Map<string, Promise<unknown>>;

interface Beside {
  /** What depends on the base alone is looked up here and put here, for the next arm of the same base. */
  readonly shared?: Shared;
  /** What was seen of the run; null where that is not known. */
  readonly curve?: Curve | null;
}

/** A base and what an arm made of it, each parameters [P], to be measured. */
export function compare<W extends World>(
  programs: Programs,
  world: W,
  arm: Arm,
  base: Float32Array,
  tuned: Float32Array,
  { shared = new Map(), curve = null }: Beside = {},
): Comparison<W> {
  const own: Shared = new Map();
  return {
    ...{ programs, world, arm, base, tuned, curve },
    once: <T>(of: 'base' | 'both', name: string, make: () => Promise<T>): Promise<T> => {
      const made = of === 'base' ? shared : own;
      const known = made.get(name) as Promise<T> | undefined;
      if (known !== undefined) return known;
      const making = make();
      made.set(name, making);
      making.catch(() => made.delete(name));
      return making;
    },
  };
}
