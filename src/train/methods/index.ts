import type { Method } from '../method.ts';

/** Every method. */
export const methods: readonly Method[] = [];
