import * as ort from 'onnxruntime-node';
import { InvariantError } from '../../core/errors.ts';
import type { Held, Spec, Values } from '../engine.ts';
import { Graph, inputName, outputName } from './graph.ts';
import { sessionOn } from './session.ts';

/** A tensor that the runtime keeps until it is disposed of. */
abstract class Kept implements Held {
  readonly length: number;
  readonly dtype: Spec['dtype'];
  readonly #tensor: ort.Tensor;
  #gone = false;
  constructor(tensor: ort.Tensor) {
    this.#tensor = tensor;
    this.length = tensor.size;
    this.dtype = tensor.type as Spec['dtype'];
  }
  /** Throws `InvariantError` once it is disposed of. */
  get tensor(): ort.Tensor {
    if (this.#gone) throw new InvariantError('a tensor was used after it was disposed of');
    return this.#tensor;
  }
  dispose(): void {
    if (!this.#gone) this.free(this.#tensor);
    this.#gone = true;
  }
  abstract read(): Promise<Values>;
  protected abstract free(tensor: ort.Tensor): void;
}

/** An output that stays in a buffer of the GPU. */
export class OnGpu extends Kept {
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

/** An output in host memory that a later run of the same program may write to once it is disposed of. */
export class OnHost extends Kept {
  readonly #pool: ort.Tensor[];
  constructor(tensor: ort.Tensor, pool: ort.Tensor[]) {
    super(tensor);
    this.#pool = pool;
  }
  async read(): Promise<Values> {
    return valuesIn('x', this.tensor).slice();
  }
  protected free(tensor: ort.Tensor): void {
    this.#pool.push(tensor);
  }
}

/** The values of an output in host memory. */
export function valuesIn(name: string, { data, type }: ort.Tensor): Values {
  if (data instanceof Float32Array || data instanceof Int32Array) return data;
  throw new InvariantError(`output '${name}' has type ${type}: programs give float32 or int32`);
}
