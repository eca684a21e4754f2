import * as tf from '@tensorflow/tfjs';
import { InvariantError } from '../../core/errors.ts';
import type { Signature, TensorFunction } from '../engine.ts';
import { type ElementType, Graph, type Value } from './graph.ts';
import { lowerings } from './lowering.ts';

const BACKEND = 'trace';

/** A TensorFlow.js backend that computes nothing: its tensors stand for values of a graph under construction. */
class TracingBackend extends tf.KernelBackend {
  graph = new Graph();
  readonly #values = new Map<object, Value>();

  /** A new tensor handle for a value of the graph. */
  handle(value: Value): tf.TensorInfo {
    const dataId = {};
    this.#values.set(dataId, value);
    return { dataId, shape: [...value.shape], dtype: value.dtype === 'int64' ? 'int32' : value.dtype };
  }

  /** The graph's value behind a tensor, in the tensor's own shape (TensorFlow.js reshapes without a kernel now and then). */
  value(tensor: tf.TensorInfo): Value {
    const value = this.#values.get(tensor.dataId);
    if (value === undefined) throw new InvariantError('a tensor made outside the traced function was used in it');
    return value;
  }

  reset(fused: boolean): Graph {
    this.#values.clear();
    this.graph = new Graph(fused);
    return this.graph;
  }

  override write(values: tf.BackendValues, shape: number[], dtype: tf.DataType): tf.DataId {
    return this.handle(this.graph.constant(values as Float32Array, shape, dtype as ElementType)).dataId;
  }
  override readSync(): never {
    throw new InvariantError('a traced function may not read the values of a tensor');
  }
  override read(): never {
    return this.readSync();
  }
  override numDataIds(): number {
    return this.#values.size;
  }
  override disposeData(): boolean {
    return true;
  }
  override incRef(): void {}
  decRef(): void {}
  override refCount(): number {
    return 1;
  }
  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }
  override floatPrecision(): 32 {
    return 32;
  }
  override epsilon(): number {
    return 1e-7;
  }
}

let backend: TracingBackend | undefined;

function registered(): TracingBackend {
  if (backend !== undefined) return backend;
  const made = new TracingBackend();
  for (const [kernelName, lower] of Object.entries(lowerings)) {
    tf.registerKernel({
      kernelName,
      backendName: BACKEND,
      kernelFunc: ({ inputs, attrs }) => {
        const values = Object.fromEntries(
          Object.entries(inputs as Record<string, tf.TensorInfo>).map(([name, tensor]) => [name, made.value(tensor)]),
        );
        const lowered = lower(made.graph, values, (attrs ?? {}) as Record<string, unknown>);
        return Array.isArray(lowered) ? lowered.map((value) => made.handle(value)) : made.handle(lowered);
      },
    });
  }
  tf.registerBackend(BACKEND, () => made, 0);
  backend = made;
  return made;
}

export interface Trace {
  readonly graph: Graph;
  readonly outputs: Readonly<Record<string, Value>>;
}

/**
 * Runs a tensor function once on symbolic tensors and gives the graph of what it would compute, gradients included;
 * with operations of onnxruntime's own where `fused`, else with those of ONNX alone.
 * Throws `InvariantError` with the kernel's name when the function uses a kernel that has no lowering, and when it
 * reads a tensor's values.
 */
export async function trace(fn: TensorFunction, signature: Signature, fused = true): Promise<Trace> {
  const tracing = registered();
  const before: string | undefined = tf.getBackend();
  await tf.setBackend(BACKEND);
  try {
    return tf.tidy(() => traceNow(tracing, fn, signature, fused)) as unknown as Trace;
  } catch (fault) {
    const kernel = /Kernel '(\w+)' not registered/.exec(String(fault))?.[1];
    if (kernel === undefined) throw fault;
    throw new InvariantError(`kernel '${kernel}' cannot be lowered to ONNX: add it to the lowerings or avoid it`);
  } finally {
    if (before !== undefined) await tf.setBackend(before);
  }
}

function traceNow(
  tracing: TracingBackend,
  fn: TensorFunction,
  signature: Signature,
  fused: boolean,
): tf.TensorContainerObject {
  const graph = tracing.reset(fused);
  const inputs = Object.fromEntries(
    Object.entries(signature).map(([name, { shape, dtype }]) => [
      name,
      tf.engine().makeTensorFromTensorInfo(tracing.handle(graph.input(name, shape, dtype))),
    ]),
  );
  const outputs = Object.fromEntries(Object.entries(fn(inputs)).map(([name, tensor]) => [name, tracing.value(tensor)]));
  return { graph, outputs } as unknown as tf.TensorContainerObject;
}
