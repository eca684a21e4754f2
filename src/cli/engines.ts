import { fork } from 'node:child_process';
import { InputError } from '../core/errors.ts';
import { beside, execArgvFor } from '../core/modules.ts';
import type { EngineModule } from '../engine/engine.ts';
import { enginesOf, type ProjectFiles } from '../project/project.ts';
import type { Setup } from '../world/knobs.ts';

/** At least one step of the slowest engine, some hundred of the fastest. */
const STEPS = 200;
const BUDGET_MS = 2_000;

/** Steps so slow are not timed again with many networks in one program: no GPU that helps takes as long for one. */
const SLOW_MS = 500;

/**
 * What an engine did on this machine: milliseconds of a step of one network of the setup's model, with so many of them in
 * one program as suit the engine; or why it cannot be used.
 */
export type Examined =
  | { readonly id: string; readonly milliseconds: number; readonly replicates: number; readonly device: string }
  | { readonly id: string; readonly reason: string };

/** How long an engine may take to be examined: tfjs:cpu needs some 20 s for its steps, a driver that hangs never ends. */
const LIMIT_MS = 180_000;

const CHILD = beside('./examine-child', import.meta.url);

/**
 * Has one engine train some steps in a process of its own: libraries of engines write to the terminal, take each other's
 * place in one process, can hang and can end it. What they write is shown only where that process dies without an answer.
 */
export function examine(
  { id }: Pick<EngineModule, 'id'>,
  files: ProjectFiles,
  child: string = CHILD,
  limit: number = LIMIT_MS,
): Promise<Examined> {
  return new Promise((resolve) => {
    const worker = fork(child, [id, files.folder, files.config ?? ''], {
      execArgv: execArgvFor(child, files.config ?? ''),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let said = '';
    worker.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const answer = (examined: Examined): void => {
      clearTimeout(timer);
      worker.kill('SIGKILL');
      resolve(examined);
    };
    const timer = setTimeout(() => answer({ id, reason: `got: no answer within ${limit / 1000} s` }), limit);
    worker.on('message', (examined) => answer(examined as Examined));
    worker.on('close', (code, signal) => {
      const last = said.trim().split('\n').at(-1) ?? '';
      answer({ id, reason: `got: its process ended (${signal ?? `exit code ${code}`}) ${last}` });
    });
  });
}

/** Has one engine train some steps of the setup's model, in this process. */
export async function examineHere(module: EngineModule, setup: Setup): Promise<Examined> {
  const { id, replicates } = module;
  try {
    const { loadEngine } = await import('../engine/select.ts');
    const { millisecondsPerStep } = await import('../lab/timing.ts');
    const engine = await loadEngine(module);
    const timed = (replicates: number): Promise<number> =>
      millisecondsPerStep(engine, setup, { replicates, most: STEPS, atMostMs: BUDGET_MS });
    const alone = await timed(1);
    if (replicates === 1 || alone > SLOW_MS) return { id, device: engine.device, milliseconds: alone, replicates: 1 };
    const together = (await timed(replicates)) / replicates;
    return { id, device: engine.device, milliseconds: together, replicates };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { id, reason: error.message };
  }
}

/** The id of the engine of these that is fastest here, after each trained some steps; with a line on standard error. */
export async function fastestEngine(modules: readonly EngineModule[], files: ProjectFiles): Promise<string> {
  let fastest: Extract<Examined, { milliseconds: number }> | undefined;
  for (const module of modules) {
    const examined = await examine(module, files);
    if ('reason' in examined) continue;
    if (fastest === undefined || examined.milliseconds < fastest.milliseconds) fastest = examined;
  }
  if (fastest === undefined) throw new Error(`none of ${modules.map(({ id }) => id).join(', ')} computes here`);
  process.stderr.write(`auto: ${fastest.id}, ${fastest.milliseconds.toFixed(1)} ms a step on ${fastest.device}\n`);
  return fastest.id;
}

/** The engine that is asked for, by its id; of `auto` the project's fastest. */
export const settleEngine = async (asked: string | undefined, files: ProjectFiles): Promise<string | undefined> =>
  asked === 'auto' ? fastestEngine(enginesOf(files), files) : asked;

/** A line of the doctor's table. */
export function examinedLine({ needs, howToGet, ...module }: EngineModule, examined: Examined): string {
  const [time, together, text] =
    'reason' in examined
      ? ['-', module.replicates, `needs ${needs}: ${howToGet} (${reasonOf(examined.reason)})`]
      : [examined.milliseconds.toFixed(1), examined.replicates, examined.device];
  return `${module.id.padEnd(13)}  ${time.padStart(9)}  ${String(together).padStart(8)}  ${text}`;
}

const reasonOf = (message: string): string => (/got: (.*)/.exec(message)?.[1] ?? message).slice(0, 100);
