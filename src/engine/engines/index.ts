import type { EngineModule } from '../engine.ts';

/** Every engine. */
export const engines: readonly EngineModule[] = [];
