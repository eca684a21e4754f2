import type * as ort from 'onnxruntime-node';
import { InvariantError } from '../../core/errors.ts';
import type { Held, Spec, Values } from '../engine.ts';

/** A tensor that the runtime keeps until it is disposed of. */
export abstract class Kept implements Held {
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

/** The values of an output in host memory. */
export function valuesIn(name: string, { data, type }: ort.Tensor): Values {
  if (data instanceof Float32Array || data instanceof Int32Array) return data;
  throw new InvariantError(`output '${name}' has type ${type}: programs give float32 or int32`);
}
