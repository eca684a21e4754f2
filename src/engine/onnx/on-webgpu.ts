import * as ort from 'onnxruntime-node';
import type { Values } from '../engine.ts';
import { gpuName } from '../gpu.ts';
import { PROCESSOR } from '../processor.ts';
import { Graph, inputName, outputName } from './graph.ts';
import { Kept, valuesIn } from './kept.ts';
import type { Provider } from './provider.ts';
import { sessionOn } from './session.ts';

/** An output that stays in a buffer of the GPU. */
class OnGpu extends Kept {
  async read(): Promise<Values> {
    const reader = await readerOf(this.tensor);
    const outputs = await reader.run({ [inputName('x')]: this.tensor });
    return valuesIn('x', outputs[outputName('x')] as ort.Tensor);
  }
  protected free(tensor: ort.Tensor): void {
    tensor.dispose();
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
    reader = ort.InferenceSession.create(model, sessionOn('webgpu'));
    readers.set(key, reader);
  }
  return reader;
}

/** Any GPU, by WebGPU. */
export const onWebgpu: Provider = {
  name: 'webgpu',
  device: `${gpuName()} (WebGPU) beside ${PROCESSOR}`,
  fused: false,
  keeping: {
    location: 'gpu-buffer',
    hold: (tensor) => new OnGpu(tensor),
    tensorOf: (held) => (held instanceof OnGpu ? held.tensor : undefined),
  },
};
