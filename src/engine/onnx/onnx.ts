import * as ort from 'onnxruntime-node';
import { InvariantError } from '../../core/errors.ts';
import {
  checkFeeds,
  type Engine,
  type Feed,
  type Feeds,
  type Held,
  isHeld,
  type Program,
  type Signature,
} from '../engine.ts';
import { gpuName } from '../gpu.ts';
import { PROCESSOR } from '../processor.ts';
import { inputName, outputName } from './graph.ts';
import { OnGpu, OnHost, valuesIn } from './kept.ts';
import { type Provider, sessionOn, THREADS } from './session.ts';
import { trace } from './trace.ts';

function deviceOf(provider: Provider): string {
  if (provider === 'cpu') return `${PROCESSOR}, ${THREADS} thread`;
  return `${gpuName()} (${provider === 'cuda' ? 'CUDA' : 'WebGPU'}) beside ${PROCESSOR}`;
}

/**
 * The engine `onnx:<provider>`: a function is traced once into one ONNX graph and run by onnxruntime-node. Compiling
 * throws where the provider cannot be had or lacks an operation: the processor never takes its place, for no node.
 */
export function onnx(provider: Provider): Engine {
  return {
    id: `onnx:${provider}`,
    device: `${deviceOf(provider)}, onnxruntime-node ${ort.env.versions.node ?? ort.env.versions.common}`,
    compile: async (fn, signature, keep = []) => {
      const { graph, outputs } = await trace(fn, signature, provider === 'cpu');
      const names = Object.keys(outputs);
      // CUDA has no buffers that this runtime could give to the next run.
      return sessionOf(graph.model(outputs), signature, names, provider, provider === 'cuda' ? [] : keep);
    },
  };
}

async function sessionOf(
  model: Uint8Array,
  signature: Signature,
  names: readonly string[],
  provider: Provider,
  keep: readonly string[],
): Promise<Program> {
  const session = await ort.InferenceSession.create(model, {
    ...sessionOn(provider),
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
      const outputs = await session.run(tensorsOf(signature, feeds, provider), fetches);
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

function tensorsOf(signature: Signature, feeds: Feeds, provider: Provider): Record<string, ort.Tensor> {
  const ours = provider === 'webgpu' ? OnGpu : OnHost;
  return Object.fromEntries(
    Object.entries(signature).map(([name, { shape, dtype }]) => {
      const feed = feeds[name] as Feed;
      if (feed instanceof ours) return [inputName(name), feed.tensor];
      if (isHeld(feed)) throw new InvariantError(`feed '${name}' is held by another engine`);
      return [inputName(name), new ort.Tensor(dtype, feed as Float32Array, shape)];
    }),
  );
}
