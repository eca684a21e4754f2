import * as ort from 'onnxruntime-node';
import { InvariantError } from '../../core/errors.ts';
import { checkFeeds, type Engine, type Feed, type Feeds, isHeld, type Program, type Signature } from '../engine.ts';
import { inputName, outputName } from './graph.ts';
import { valuesIn } from './kept.ts';
import type { Keeping, Provider } from './provider.ts';
import { sessionOn } from './session.ts';
import { trace } from './trace.ts';

/**
 * An engine on onnxruntime-node: a function is traced once into one ONNX graph and run by the provider. Compiling throws where
 * the provider cannot be had or lacks an operation: the processor never takes its place, for no node.
 */
export function onnx(id: string, provider: Provider): Engine {
  return {
    id,
    device: `${provider.device}, onnxruntime-node ${ort.env.versions.node ?? ort.env.versions.common}`,
    compile: async (fn, signature, keep = []) => {
      const { graph, outputs } = await trace(fn, signature, provider.fused);
      return sessionOf(graph.model(outputs), signature, Object.keys(outputs), provider, keep);
    },
  };
}

async function sessionOf(
  model: Uint8Array,
  signature: Signature,
  names: readonly string[],
  { name: providerName, keeping }: Provider,
  keep: readonly string[],
): Promise<Program> {
  const free = new Map<string, ort.Tensor[]>(keeping === undefined ? [] : keep.map((name) => [name, []]));
  const session = await ort.InferenceSession.create(model, {
    ...sessionOn(providerName),
    ...(free.size > 0 &&
      keeping?.location === 'gpu-buffer' && {
        preferredOutputLocation: Object.fromEntries(
          names.map((name) => [outputName(name), free.has(name) ? 'gpu-buffer' : 'cpu'] as const),
        ),
      }),
  });
  const outputOf = (name: string, tensor: ort.Tensor): Feed => {
    const pool = free.get(name);
    return pool === undefined || keeping === undefined ? valuesIn(name, tensor) : keeping.hold(tensor, pool);
  };
  return {
    signature,
    run: async (feeds) => {
      checkFeeds(signature, feeds);
      const fetches = Object.fromEntries(names.map((name) => [outputName(name), free.get(name)?.pop() ?? null]));
      const outputs = await session.run(tensorsOf(signature, feeds, keeping), fetches);
      return Object.fromEntries(
        names.map((name) => {
          const tensor = (fetches[outputName(name)] ?? outputs[outputName(name)]) as ort.Tensor;
          return [name, outputOf(name, tensor)];
        }),
      );
    },
    dispose: () => session.release(),
  };
}

function tensorsOf(signature: Signature, feeds: Feeds, keeping: Keeping | undefined): Record<string, ort.Tensor> {
  return Object.fromEntries(
    Object.entries(signature).map(([name, { shape, dtype }]) => {
      const feed = feeds[name] as Feed;
      if (!isHeld(feed)) return [inputName(name), new ort.Tensor(dtype, feed as Float32Array, shape)];
      const tensor = keeping?.tensorOf(feed);
      if (tensor === undefined) throw new InvariantError(`feed '${name}' is held by another engine`);
      return [inputName(name), tensor];
    }),
  );
}
