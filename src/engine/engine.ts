import type * as tf from '@tensorflow/tfjs';
import { InvariantError } from '../core/errors.ts';

/** Shape and element type of one named tensor. */
export interface Spec {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
}

export type Signature = Readonly<Record<string, Spec>>;

/** Named symbolic tensors inside a tensor function. */
export type Tensors = Readonly<Record<string, tf.Tensor>>;

/** A plain function over TensorFlow.js tensors: no side effects, no reading of values, no randomness. */
export type TensorFunction = (inputs: Tensors) => Tensors;

/** Row-major values of one tensor on the host. */
export type Values = Float32Array | Int32Array;

/**
 * Values that stay where an engine keeps them, so that they need not cross into JavaScript; every program of that engine
 * takes them. Reading copies them; once disposed of, they can be neither read nor fed.
 */
export interface Held {
  /** Numbers in it. */
  readonly length: number;
  readonly dtype: Spec['dtype'];
  read(): Promise<Values>;
  dispose(): void;
}

/** What goes into a program and comes out of it. */
export type Feed = Values | Held;
export type Feeds = Readonly<Record<string, Feed>>;

/** A compiled tensor function. */
export interface Program {
  readonly signature: Signature;
  /** Runs once. Throws `InvariantError` when a feed is missing or has the wrong length or type, or another engine holds it. */
  run(feeds: Feeds): Promise<Feeds>;
  dispose(): Promise<void>;
}

/** Something that runs tensor functions. The same function means the same numbers on every engine, within rounding. */
export interface Engine {
  readonly id: string;
  /** What really ran: the record of a run carries it. */
  readonly device: string;
  /** Outputs named in `keep` come back as `Held` where the engine can keep them, as values elsewhere. */
  compile(fn: TensorFunction, signature: Signature, keep?: readonly string[]): Promise<Program>;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** Throws `InvariantError` unless `feeds` holds exactly the signature's tensors in their sizes and types. */
export function checkFeeds(signature: Signature, feeds: Feeds): void {
  for (const name of Object.keys(feeds)) {
    if (signature[name] === undefined) throw new InvariantError(`feed '${name}' is not an input of the program`);
  }
  for (const [name, spec] of Object.entries(signature)) {
    const values = feeds[name];
    const kind = spec.dtype === 'float32' ? Float32Array : Int32Array;
    const fits = values !== undefined && (isHeld(values) ? values.dtype === spec.dtype : values instanceof kind);
    if (!fits || values.length !== sizeOf(spec.shape)) {
      const got = values === undefined ? 'nothing' : `${values.constructor.name} of length ${values.length}`;
      throw new InvariantError(`feed '${name}': expected ${spec.dtype} [${spec.shape}], got ${got}`);
    }
  }
}

export function isHeld(feed: Feed): feed is Held {
  return 'read' in feed;
}

/** The values of a feed or output, wherever they are. */
export async function valuesOf(feed: Feed): Promise<Values> {
  return isHeld(feed) ? feed.read() : feed;
}

/** The feed or output `name` as floats. Throws `InvariantError` when it is absent, held or not float32. */
export function floats(outputs: Feeds, name: string): Float32Array {
  const values = outputs[name];
  if (!(values instanceof Float32Array)) throw new InvariantError(`'${name}' is not a float32 tensor of this program`);
  return values;
}

/** The feed or output `name` as integers. Throws `InvariantError` when it is absent, held or not int32. */
export function integers(outputs: Feeds, name: string): Int32Array {
  const values = outputs[name];
  if (!(values instanceof Int32Array)) throw new InvariantError(`'${name}' is not an int32 tensor of this program`);
  return values;
}

/**
 * One engine, as a value on the list of `engines`: what it needs, and how it is loaded. Its file imports its implementation in `load`
 * alone, by literal names: who looks at the list loads no library.
 */
export interface EngineModule {
  readonly id: string;
  /** `import.meta.url` of its file: that file and all it imports are part of the key of every run on it. */
  readonly file: string;
  readonly needs: string;
  /** How to get what it needs. */
  readonly howToGet: string;
  /** Replicates that one program trains: one on a processor, many on a GPU, which small networks fill only together. */
  readonly replicates: number;
  /** Processes that train beside each other: one a core, or so many that one draws batches while another computes. */
  readonly processes: 'one a core' | number;
  /** Rejects, with the reason, where it cannot compute here. */
  load(): Promise<Engine>;
}
