import { InputError } from '../core/errors.ts';
import { methodOf, worldFor } from '../lab/catalog.ts';
import type { Lineage } from '../lab/keys.ts';
import type { Arm } from '../train/arm.ts';
import { checkFits } from '../train/check.ts';

/**
 * Why an arm cannot be at a changed setup, in a line: its world may lack what the arm trains on. Undefined where it can.
 */
export function unfit({ catalog, setup, seed }: Omit<Lineage, 'engine'>, arm: Arm): string | undefined {
  try {
    checkFits(arm, methodOf(catalog, arm), worldFor(catalog, setup, seed, arm));
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error.message.split('\n', 1)[0];
    throw error;
  }
}
