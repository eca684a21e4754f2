import * as tf from '@tensorflow/tfjs';
import { InvariantError } from '../core/errors.ts';
import type { Rng } from '../core/rng.ts';
import type { Secret, World } from '../world/world.ts';

/** Sizes of a decoder-only transformer. */
export interface Architecture {
  readonly vocabulary: number;
  readonly context: number;
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  /** Hidden units of the feed-forward block, as a multiple of the width. */
  readonly feedForward: number;
  /** What is hidden from attention, see `Secret`; nothing where absent. */
  readonly secret?: Secret;
}

/** One named matrix inside the flat parameter vector. */
export interface Slot {
  readonly name: string;
  readonly shape: readonly [number, number];
  readonly offset: number;
  /** Standard deviation at the start. */
  readonly scale: number;
}

export interface Layout {
  readonly slots: readonly Slot[];
  /** P, the number of parameters. */
  readonly size: number;
}

/**
 * Standard deviation of the embeddings (that of GPT-2), and of the unembedding in units of 1 / sqrt(D), at the start. With
 * both at 1 the base learnt dialogues and documents apart: documents-only accuracy was 0.62-0.75 over 4 seeds, with these
 * 0.80-1.00 over 8, and SDFT reached its level in 5 of 8 instead of 1 of 4.
 */
const EMBEDDING = 0.02;
const UNEMBEDDING = 0.3;

/** Where each matrix lies in the flat vector [P]: embeddings, then each layer's W_Q, W_K, W_V, W_O, up, down, then unembedding. */
export function layoutOf({ vocabulary, context, width, layers, feedForward }: Architecture): Layout {
  const slots: Slot[] = [];
  let offset = 0;
  const add = (name: string, rows: number, columns: number, scale: number): void => {
    slots.push({ name, shape: [rows, columns], offset, scale });
    offset += rows * columns;
  };
  const hidden = width * feedForward;
  const residual = 1 / Math.sqrt(2 * layers);
  add('embed.token', vocabulary, width, EMBEDDING);
  add('embed.position', context, width, EMBEDDING);
  for (let layer = 0; layer < layers; layer++) {
    for (const name of ['query', 'key', 'value']) add(`${layer}.${name}`, width, width, 1 / Math.sqrt(width));
    add(`${layer}.out`, width, width, residual / Math.sqrt(width));
    add(`${layer}.up`, width, hidden, 1 / Math.sqrt(width));
    add(`${layer}.down`, hidden, width, residual / Math.sqrt(hidden));
  }
  add('unembed', width, vocabulary, UNEMBEDDING / Math.sqrt(width));
  return { slots, size: offset };
}

/** Fresh parameters [P]: every matrix normal with its slot's standard deviation, drawn in the layout's order. */
export function initialParameters(layout: Layout, rng: Rng): Float32Array {
  const parameters = new Float32Array(layout.size);
  for (const { shape, offset, scale } of layout.slots) {
    const end = offset + shape[0] * shape[1];
    for (let i = offset; i < end; i++) parameters[i] = rng.normal() * scale;
  }
  return parameters;
}

/** The matrices of one network for each replicate: name -> [R, rows, columns]. */
export type Matrices = ReadonlyMap<string, tf.Tensor3D>;

/** Cuts flat parameters [R, P] into their matrices. */
export function unpack(layout: Layout, flat: tf.Tensor2D): Matrices {
  const [replicates] = flat.shape;
  const parts = tf.split(
    flat,
    layout.slots.map(({ shape }) => shape[0] * shape[1]),
    1,
  );
  return new Map(
    layout.slots.map(({ name, shape }, i) => [
      name,
      (parts[i] as tf.Tensor2D).reshape<tf.Tensor3D>([replicates, ...shape]),
    ]),
  );
}

/** The inverse of `unpack`: matrices in the layout's order, back to [R, P]. */
export function pack(layout: Layout, matrices: readonly tf.Tensor[]): tf.Tensor2D {
  const replicates = matrices[0]?.shape[0];
  if (replicates === undefined) throw new InvariantError('no matrices to pack');
  return tf.concat(
    layout.slots.map(({ shape }, i) => (matrices[i] as tf.Tensor).reshape([replicates, shape[0] * shape[1]])),
    1,
  ) as tf.Tensor2D;
}

export function matrix(matrices: Matrices, name: string): tf.Tensor3D {
  const found = matrices.get(name);
  if (found === undefined) throw new InvariantError(`the layout has no matrix '${name}'`);
  return found;
}

/** The network's sizes for a world: the setup's, with the world's vocabulary and what is secret in it. */
export function architectureOf({ setup, vocabulary, secret }: World): Architecture {
  return { ...setup.model, vocabulary: vocabulary.size, ...(secret && { secret }) };
}
