import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { InvariantError } from '../core/errors.ts';
import { checkFeeds, type Engine, type Program, type Signature, type TensorFunction, type Values } from './engine.ts';
import { inputName, outputName } from './graph.ts';
import { PROCESSOR } from './processor.ts';
import { trace } from './trace.ts';

/** One thread a process: the same bits every time, and processes scale better than threads on tiny models. */
const THREADS = 1;

const OPTIONS: ort.InferenceSession.SessionOptions = {
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
    compile: async (fn, signature) => {
      const { graph, outputs } = await trace(fn, signature);
      return sessionOf(graph.model(outputs), signature, Object.keys(outputs), provider);
    },
  };
}

/** How often each ONNX operation occurs in the traced graph of a function. */
export async function census(fn: TensorFunction, signature: Signature): Promise<ReadonlyMap<string, number>> {
  const { graph, outputs } = await trace(fn, signature);
  return graph.census(Object.values(outputs));
}

/**
 * Share of the time of all ONNX operations that each kind takes, over `runs` runs of the traced function, by the
 * runtime's own profile.
 */
export async function timeShares(
  fn: TensorFunction,
  signature: Signature,
  feeds: Readonly<Record<string, Values>>,
  runs: number,
): Promise<ReadonlyMap<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'spillover-profile-'));
  try {
    const { graph, outputs } = await trace(fn, signature);
    const session = await ort.InferenceSession.create(graph.model(outputs), {
      ...OPTIONS,
      executionProviders: ['cpu'],
      enableProfiling: true,
      profileFilePrefix: join(folder, 'profile'),
    });
    for (let run = 0; run < runs; run++) await session.run(tensorsOf(signature, feeds));
    session.endProfiling();
    await session.release();
    const [file] = readdirSync(folder);
    const events = JSON.parse(readFileSync(join(folder, file as string), 'utf8')) as ProfileEvent[];
    const times = new Map<string, number>();
    for (const { cat, dur, args } of events) {
      if (cat === 'Node' && args?.op_name !== undefined) {
        times.set(args.op_name, (times.get(args.op_name) ?? 0) + dur);
      }
    }
    const total = [...times.values()].reduce((sum, time) => sum + time, 0);
    return new Map([...times].map(([op, time]) => [op, time / total]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What we read of one event of the runtime's profile: microseconds of one operation. */
interface ProfileEvent {
  readonly cat: string;
  readonly dur: number;
  readonly args?: { readonly op_name?: string };
}

async function sessionOf(
  model: Uint8Array,
  signature: Signature,
  names: readonly string[],
  provider: Provider,
): Promise<Program> {
  const session = await ort.InferenceSession.create(model, { ...OPTIONS, executionProviders: [provider] });
  return {
    signature,
    run: async (feeds) => {
      checkFeeds(signature, feeds);
      const outputs = await session.run(tensorsOf(signature, feeds));
      return Object.fromEntries(names.map((name) => [name, valuesOf(name, outputs[outputName(name)] as ort.Tensor)]));
    },
    dispose: () => session.release(),
  };
}

function tensorsOf(signature: Signature, feeds: Readonly<Record<string, Values>>): Record<string, ort.Tensor> {
  return Object.fromEntries(
    Object.entries(signature).map(([name, { shape, dtype }]) => [
      inputName(name),
      new ort.Tensor(dtype, feeds[name] as Float32Array, shape),
    ]),
  );
}

function valuesOf(name: string, tensor: ort.Tensor): Values {
  const { data } = tensor;
  if (data instanceof Float32Array || data instanceof Int32Array) return data;
  throw new InvariantError(`output '${name}' has type ${tensor.type}: programs give float32 or int32`);
}
