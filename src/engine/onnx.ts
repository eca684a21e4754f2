import * as ort from 'onnxruntime-node';
import { InvariantError } from '../core/errors.ts';
import {
  checkFeeds,
  type Engine,
  type Feed,
  type Feeds,
  type Held,
  isHeld,
  type Program,
  type Signature,
  type Values,
} from './engine.ts';
import { Graph, inputName, outputName } from './graph.ts';
import { PROCESSOR } from './processor.ts';
import { trace } from './trace.ts';

/** One thread a process: the same bits every time, and processes scale better than threads on tiny models. */
const THREADS = 1;

/** How every session runs. */
export const SESSION: ort.InferenceSession.SessionOptions = {
  intraOpNumThreads: THREADS,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
};

/** What an ONNX engine runs on. */
export type Provider = 'cpu' | 'webgpu' | 'cuda';

const DEVICES: Readonly<Record<Provider, string>> = {
  cpu: `${PROCESSOR}, ${THREADS} thread`,
  webgpu: `WebGPU beside ${PROCESSOR}`,
  cuda: `CUDA beside ${PROCESSOR}`,
};

/**
 * The engine `onnx:<provider>`: a function is traced once into one ONNX graph and run by onnxruntime-node. Compiling
 * throws where the provider cannot be had: the runtime never takes the processor in its place, except for operations on
 * shapes, which it keeps there.
 */
export function onnx(provider: Provider): Engine {
  return {
    id: `onnx:${provider}`,
    device: `${DEVICES[provider]}, onnxruntime-node ${ort.env.versions.node ?? ort.env.versions.common}`,
    compile: async (fn, signature, keep = []) => {
      const { graph, outputs } = await trace(fn, signature);
      const names = Object.keys(outputs);
      // CUDA has no buffers that this runtime could give to the next run.
      return sessionOf(graph.model(outputs), signature, names, provider, provider === 'cuda' ? [] : keep);
    },
  };
}

/** An output that stays in a buffer of the GPU. */
class OnGpu implements Held {
  readonly length: number;
  readonly tensor: ort.Tensor;
  constructor(tensor: ort.Tensor) {
    this.tensor = tensor;
    this.length = tensor.size;
  }
  async read(): Promise<Values> {
    const reader = await readerOf(this.tensor);
    const outputs = await reader.run({ [inputName('x')]: this.tensor });
    return (outputs[outputName('x')] as ort.Tensor).data as Values;
  }
  dispose(): void {
    this.tensor.dispose();
  }
}

const readers = new Map<string, Promise<ort.InferenceSession>>();

/** A session that gives its input of this shape and type back, on the host: the runtime has no other way to copy it there. */
function readerOf({ dims, type }: ort.Tensor): Promise<ort.InferenceSession> {
  const key = `${type} ${dims}`;
  let reader = readers.get(key);
  if (reader === undefined) {
    const graph = new Graph();
    const model = graph.model({ x: graph.input('x', dims, type as 'float32' | 'int32') });
    reader = ort.InferenceSession.create(model, { ...SESSION, executionProviders: ['webgpu'] });
    readers.set(key, reader);
  }
  return reader;
}

/** An output in host memory that a later run of the same program may write to once it is disposed of. */
class OnHost implements Held {
  readonly length: number;
  readonly tensor: ort.Tensor;
  readonly #free: ort.Tensor[];
  constructor(tensor: ort.Tensor, free: ort.Tensor[]) {
    this.tensor = tensor;
    this.length = tensor.size;
    this.#free = free;
  }
  async read(): Promise<Values> {
    return (this.tensor.data as Values).slice();
  }
  dispose(): void {
    this.#free.push(this.tensor);
  }
}

async function sessionOf(
  model: Uint8Array,
  signature: Signature,
  names: readonly string[],
  provider: Provider,
  keep: readonly string[],
): Promise<Program> {
  const session = await ort.InferenceSession.create(model, {
    ...SESSION,
    executionProviders: [provider],
    ...(keep.length > 0 &&
      provider === 'webgpu' && {
        preferredOutputLocation: Object.fromEntries(
          names.map((name) => [outputName(name), keep.includes(name) ? 'gpu-buffer' : 'cpu'] as const),
        ),
      }),
  });
  // On the processor, what is kept lies in buffers that take turns: fresh memory for every step would be paged in anew.
  const free = new Map(keep.map((name) => [name, [] as ort.Tensor[]]));
  const kept = (name: string, tensor: ort.Tensor): Held =>
    provider === 'webgpu' ? new OnGpu(tensor) : new OnHost(tensor, free.get(name) as ort.Tensor[]);
  return {
    signature,
    run: async (feeds) => {
      checkFeeds(signature, feeds);
      const fetches = Object.fromEntries(names.map((name) => [outputName(name), free.get(name)?.pop() ?? null]));
      const outputs = await session.run(tensorsOf(signature, feeds), fetches);
      return Object.fromEntries(
        names.map((name) => {
          const tensor = (fetches[outputName(name)] ?? outputs[outputName(name)]) as ort.Tensor;
          return [name, free.has(name) ? kept(name, tensor) : valuesIn(name, tensor)];
        }),
      );
    },
    dispose: () => session.release(),
  };
}

function tensorsOf(signature: Signature, feeds: Feeds): Record<string, ort.Tensor> {
  return Object.fromEntries(
    Object.entries(signature).map(([name, { shape, dtype }]) => {
      const feed = feeds[name] as Feed;
      if (feed instanceof OnGpu || feed instanceof OnHost) return [inputName(name), feed.tensor];
      if (isHeld(feed)) throw new InvariantError(`feed '${name}' is held by another engine`);
      return [inputName(name), new ort.Tensor(dtype, feed as Float32Array, shape)];
    }),
  );
}

function valuesIn(name: string, { data, type }: ort.Tensor): Values {
  if (data instanceof Float32Array || data instanceof Int32Array) return data;
  throw new InvariantError(`output '${name}' has type ${type}: programs give float32 or int32`);
}
