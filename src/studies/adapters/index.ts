import type { Adapter } from './adapter.ts';
import { csv } from './csv.ts';
import { inspect } from './inspect.ts';
import { lmEval } from './lm-eval.ts';
import { tinker } from './tinker.ts';
import { trl } from './trl.ts';
import { wandb } from './wandb.ts';

/** Logs that can be brought in, by the tool that writes them. */
export const adapters: readonly Adapter[] = [inspect, lmEval, trl, tinker, wandb, csv];
