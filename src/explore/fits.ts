import { InputError } from '../core/errors.ts';
import { methodOf, worldFor } from '../lab/catalog.ts';
import type { Lineage } from '../lab/keys.ts';
import type { Arm } from '../train/arm.ts';
import { checkFits } from '../train/check.ts';
import type { World } from '../world/world.ts';

/**
 * Why arms cannot be at a changed setup, a line each, by the arm: its world may lack what an arm trains on. Those that can are left
 * out. Throws as `worldFor` and `methodOf` do: an arm that is for no setup is a fault, not an outcome.
 */
export function unfit({ catalog, setup, seed }: Omit<Lineage, 'engine'>, arms: readonly Arm[]): Map<Arm, string> {
  const worlds = new Map<number, World>();
  const reasons = new Map<Arm, string>();
  for (const arm of arms) {
    const { target = 0 } = arm;
    const world = worlds.get(target) ?? worldFor(catalog, setup, seed, arm);
    worlds.set(target, world);
    const method = methodOf(catalog, arm);
    try {
      checkFits(arm, method, world);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      reasons.set(arm, error.message.split('\n', 1)[0] as string);
    }
  }
  return reasons;
}
