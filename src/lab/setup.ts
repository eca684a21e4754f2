import type { Setup } from '../world/knobs.ts';
import { parseSetup as parse } from '../world/setup.ts';
import type { WorldKind } from '../world/world.ts';

/** The setup that `value` holds. */
export const parseSetup = (value: unknown, source: string, _worlds: readonly WorldKind[]): Setup =>
  parse(value, source);
