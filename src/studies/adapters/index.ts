import type { Adapter } from './adapter.ts';
import { csv } from './csv.ts';

/** Logs that can be brought in, by the tool that writes them. */
export const adapters: readonly Adapter[] = [csv];
