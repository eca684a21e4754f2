import { characters } from './characters/index.ts';
import { gaming } from './gaming/index.ts';
import { plans } from './plans/index.ts';
import { texts } from './texts/index.ts';
import type { WorldKind } from './world.ts';

/** Every kind of world, in the order in which messages name them. */
export const worlds: readonly WorldKind[] = [characters, plans, gaming, texts];
