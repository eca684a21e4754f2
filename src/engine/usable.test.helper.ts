import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Engine, EngineModule } from './engine.ts';
import { engines } from './engines/index.ts';
import { loadEngine } from './select.ts';

/** Why an engine cannot be used here: the message of the error that said so. */
export interface Refusal {
  readonly id: string;
  readonly message: string;
}

/** Engines that need more than npm: where that is not there, their libraries write to the terminal past Node. */
const FOREIGN: readonly string[] = ['onnx:cuda', 'onnx:webgpu', 'tfjs:node-gpu', 'tfjs:node'];

/** The engines that compute on this machine, and why the others do not. Those that need more than npm are tried in silence. */
export async function everyModule(): Promise<{ usable: EngineModule[]; refused: Refusal[] }> {
  const answers = await tried();
  return {
    usable: engines.filter(({ id }) => typeof answers[id] !== 'string'),
    refused: engines.flatMap(({ id }) => {
      const message = answers[id];
      return typeof message === 'string' ? [{ id, message }] : [];
    }),
  };
}

/** As `everyModule`, with what computes loaded. */
export async function everyEngine(): Promise<{ usable: Engine[]; refused: Refusal[] }> {
  const { usable, refused } = await everyModule();
  const loaded: Engine[] = [];
  for (const module of usable) loaded.push(await loadEngine(module));
  return { usable: loaded, refused };
}

/** Why each of the foreign engines cannot be used, or null; asked in a process of its own, whose output nobody sees. */
function tried(): Promise<Readonly<Record<string, string | null>>> {
  const child = fileURLToPath(new URL('./usable.test.child.ts', import.meta.url));
  const execArgv = ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href];
  return new Promise((resolve, reject) => {
    const worker = fork(child, [JSON.stringify(FOREIGN)], { execArgv, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    worker.on('message', (answers) => {
      worker.kill('SIGKILL');
      resolve(answers as Readonly<Record<string, string | null>>);
    });
    worker.on('exit', (code, signal) => reject(new Error(`trying engines ended with ${signal ?? code}`)));
  });
}

/** |a - b| / |b| in the Euclidean norm. */
export function relative(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const norm = (values: number[]): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return norm(Array.from(a, (value, i) => value - (b[i] as number))) / norm(Array.from(b));
}
