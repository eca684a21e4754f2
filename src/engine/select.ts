import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import * as util from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { InputError, InvariantError } from '../core/errors.ts';
import { ENGINE_FACTS } from './catalog.ts';
import { type Engine, type EngineId, floats } from './engine.ts';
import { eager } from './tfjs/eager.ts';

/**
 * Loads the engine with this id and has it compute something known, and only that one: never another in its place.
 * Throws `InputError` where it cannot be used here, with the reason and how to get it.
 */
export async function loadEngine(id: EngineId): Promise<Engine> {
  try {
    const engine = await load(id);
    await probe(engine);
    return engine;
  } catch (error) {
    const { needs, howToGet } = ENGINE_FACTS[id];
    throw new InputError(`the engine ${id} cannot be used here`, {
      expected: needs,
      got: error instanceof Error ? (error.message.split('\n')[0] as string) : String(error),
      todo: `${howToGet}, or choose another engine: npm run doctor lists them`,
    });
  }
}

async function load(id: EngineId): Promise<Engine> {
  switch (id) {
    case 'onnx:cpu':
    case 'onnx:webgpu':
    case 'onnx:cuda':
      // Ampere and later would round the factors of products to 10 bits.
      if (id === 'onnx:cuda') process.env['NVIDIA_TF32_OVERRIDE'] = '0';
      requireRuntime();
      return (await import('./onnx/onnx.ts')).onnx(id.slice('onnx:'.length) as 'cpu' | 'webgpu' | 'cuda');
    case 'tfjs:node':
    case 'tfjs:node-gpu':
      return nodeEngine(id);
    case 'tfjs:wasm': {
      const wasm = await import('@tensorflow/tfjs-backend-wasm');
      const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
      wasm.setWasmPaths(`${dirname(main)}/`);
      wasm.setThreadsCount(1);
      return eager(id, 'wasm');
    }
    case 'tfjs:cpu':
      return eager(id, 'cpu');
  }
}

/**
 * Loads onnxruntime's library, or throws `InvariantError` where there is none that loads. By `require`: a second `import` of a
 * module that failed once ends early versions of Node 20, whoever catches its error.
 */
function requireRuntime(): void {
  try {
    createRequire(import.meta.url)('onnxruntime-node');
  } catch (error) {
    const [why] = (error instanceof Error ? error.message : String(error)).split('\n') as [string];
    throw new InvariantError(`no library of onnxruntime loads on ${process.platform} ${process.arch}: ${why}`);
  }
}

/** An engine on libtensorflow. Its package 4.22 calls functions that Node 23 took out of `util`. */
async function nodeEngine(id: 'tfjs:node' | 'tfjs:node-gpu'): Promise<Engine> {
  const removed = util as unknown as Record<string, unknown>;
  const require = createRequire(import.meta.url);
  const mutable = require('node:util') as Record<string, unknown>;
  if (removed['isNullOrUndefined'] === undefined) {
    mutable['isNullOrUndefined'] = (value: unknown) => value === null || value === undefined;
    mutable['isArray'] = Array.isArray;
  }
  require(`@tensorflow/tfjs-${id.slice('tfjs:'.length)}`);
  await tf.setBackend('tensorflow');
  const { isUsingGpuDevice } = tf.backend() as unknown as { isUsingGpuDevice?: boolean };
  if (id === 'tfjs:node-gpu' && isUsingGpuDevice !== true) {
    throw new InvariantError('libtensorflow found no GPU and computes on the processor');
  }
  // The two packages share one backend, and the first that is loaded in a process decides.
  if (id === 'tfjs:node' && isUsingGpuDevice === true) {
    throw new InvariantError('tfjs:node-gpu was loaded in this process first: libtensorflow computes on the GPU');
  }
  return eager(id, 'tensorflow');
}

/** Has the engine compute softmax(x x^T) of a small matrix, and compares with what it must be. */
async function probe(engine: Engine): Promise<void> {
  const program = await engine.compile(
    ({ x }) => ({ y: tf.softmax((x as tf.Tensor2D).matMul(x as tf.Tensor2D, false, true)) }),
    { x: { shape: [2, 2], dtype: 'float32' } },
  );
  const y = floats(await program.run({ x: Float32Array.of(1, 0, 0, 2) }), 'y');
  await program.dispose();
  const [high, higher] = [1 / (1 + Math.exp(-1)), 1 / (1 + Math.exp(-4))];
  const wanted = [high, 1 - high, 1 - higher, higher];
  const wrong = wanted.some((value, i) => !(Math.abs(value - (y[i] as number)) < 1e-4));
  if (wrong) throw new InvariantError(`a small softmax came out as ${[...y].join(', ')}, not ${wanted.join(', ')}`);
}
