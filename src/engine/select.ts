import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { InputError } from '../core/errors.ts';
import { ENGINE_IDS, type Engine, type EngineId } from './engine.ts';

/** The engine id that a text names; `onnx:cpu` when there is none. Throws `InputError` for an unknown one. */
export function parseEngineId(text: string | undefined): EngineId {
  if (text === undefined || text === '') return 'onnx:cpu';
  const id = ENGINE_IDS.find((known) => known === text);
  if (id !== undefined) return id;
  throw new InputError('unknown engine', {
    expected: `one of ${ENGINE_IDS.join(', ')}`,
    got: `'${text}'`,
    todo: 'set SPILLOVER_ENGINE to one of them, or unset it for onnx:cpu',
  });
}

/** Loads the engine with this id, and only that one: never another in its place. */
export async function loadEngine(id: EngineId): Promise<Engine> {
  if (id === 'onnx:cpu') return (await import('./onnx.ts')).onnxCpu;
  const { eager } = await import('./eager.ts');
  if (id === 'tfjs:cpu') return eager(id, 'cpu');
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(`${dirname(main)}/`);
  wasm.setThreadsCount(1);
  return eager(id, 'wasm');
}
