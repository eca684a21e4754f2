import * as ort from 'onnxruntime-node';
import { InvariantError } from '../core/errors.ts';
import {
  checkFeeds,
  type Engine,
  PROCESSOR,
  type Program,
  type Signature,
  type TensorFunction,
  type Values,
} from './engine.ts';
import { inputName, outputName } from './graph.ts';
import { trace } from './trace.ts';

/** One thread a process: the same bits every time, and processes scale better than threads on tiny models. */
const THREADS = 1;

/** The engine `onnx:cpu`: a function is traced once into one ONNX graph and run by onnxruntime-node. */
export const onnxCpu: Engine = {
  id: 'onnx:cpu',
  device: `${PROCESSOR}, onnxruntime-node ${ort.env.versions.node ?? ort.env.versions.common}, ${THREADS} thread`,
  compile: async (fn, signature) => {
    const { graph, outputs } = await trace(fn, signature);
    return sessionOf(graph.model(outputs), signature, Object.keys(outputs));
  },
};

/** How often each ONNX operation occurs in the traced graph of a function. */
export async function census(fn: TensorFunction, signature: Signature): Promise<ReadonlyMap<string, number>> {
  const { graph, outputs } = await trace(fn, signature);
  return graph.census(Object.values(outputs));
}

async function sessionOf(model: Uint8Array, signature: Signature, names: readonly string[]): Promise<Program> {
  const session = await ort.InferenceSession.create(model, {
    executionProviders: ['cpu'],
    intraOpNumThreads: THREADS,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  });
  return {
    signature,
    run: async (feeds) => {
      checkFeeds(signature, feeds);
      const tensors = Object.entries(signature).map(([name, { shape, dtype }]) => [
        inputName(name),
        new ort.Tensor(dtype, feeds[name] as Float32Array, shape),
      ]);
      const outputs = await session.run(Object.fromEntries(tensors));
      return Object.fromEntries(names.map((name) => [name, valuesOf(name, outputs[outputName(name)] as ort.Tensor)]));
    },
    dispose: () => session.release(),
  };
}

function valuesOf(name: string, tensor: ort.Tensor): Values {
  const { data } = tensor;
  if (data instanceof Float32Array || data instanceof Int32Array) return data;
  throw new InvariantError(`output '${name}' has type ${tensor.type}: programs give float32 or int32`);
}
