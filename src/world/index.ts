import type { WorldKind } from './world.ts';

/** Every kind of world. */
export const worlds: readonly WorldKind[] = [];
