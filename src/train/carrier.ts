import * as tf from '@tensorflow/tfjs';
import { stream } from '../core/rng.ts';
import { type Layout, type Matrices, pack, type Slot } from '../model/parameters.ts';

/** Whether a matrix is one of a layer: embeddings and unembedding stay as they are. */
const isCarried = ({ name }: Slot): boolean => /^\d+\./.test(name);

const carriedRows = ({ slots }: Layout): number =>
  slots.filter(isCarried).reduce((sum, { shape: [rows] }) => sum + rows, 0);

/**
 * The fixed sides A [rows, rank] of the low-rank changes of one network, one matrix below the other, [rows of all layers * rank]:
 * normal with variance 1 / rank, so that a step moves a weight about as far as without. What is trained is B [rank, columns], from
 * zero, in W = W0 + A B. Source: LoRA, Hu et al. 2021 (arXiv 2106.09685), with A fixed as in LoRA-FA, Zhang et al. 2023 (arXiv
 * 2308.03303); in every matrix of attention and feed-forward, with no factor beside.
 */
export function drawCarrier(layout: Layout, rank: number, seed: number, name: string): Float32Array {
  const rng = stream(seed, 'carrier', name);
  return Float32Array.from({ length: carrierSize(layout, rank) }, () => rng.normal() / Math.sqrt(rank));
}

/** How many numbers `drawCarrier` gives. */
export const carrierSize = (layout: Layout, rank: number): number => carriedRows(layout) * rank;

/** A of each matrix by its name, [R, rows, rank], of those of R networks [R, rows of all layers * rank]. */
function cut(layout: Layout, carrier: tf.Tensor2D): Matrices {
  const [R, size] = carrier.shape;
  const rank = size / carriedRows(layout);
  const carried = layout.slots.filter(isCarried);
  const parts = tf.split(
    carrier,
    carried.map(({ shape: [rows] }) => rows * rank),
    1,
  );
  return new Map(
    carried.map(({ name, shape: [rows] }, i) => [name, (parts[i] as tf.Tensor2D).reshape([R, rows, rank])]),
  );
}

/**
 * Gradients of the matrices, each [R, rows, columns], as those of B: A' G in the first `rank` rows of each carried matrix, zero
 * elsewhere, in the flat order [R, P]. The rank is at most the rows of any of them.
 */
export function gradientOnCarrier(layout: Layout, gradients: readonly tf.Tensor[], carrier: tf.Tensor2D): tf.Tensor2D {
  const sides = cut(layout, carrier);
  const on = layout.slots.map(({ name, shape: [rows, columns] }, i) => {
    const [gradient, side] = [gradients[i] as tf.Tensor3D, sides.get(name)];
    if (side === undefined) return tf.zeros(gradient.shape);
    const [R, , rank] = side.shape;
    const small = tf.matMul(side, gradient, true, false);
    return rank === rows ? small : tf.concat([small, tf.zeros([R, rows - rank, columns])], 1);
  });
  return pack(layout, on);
}

/** The change A B [R, P] of all matrices by a change of B, which lies as `gradientOnCarrier` lays it. */
export function changeByCarrier(layout: Layout, change: Matrices, carrier: tf.Tensor2D): tf.Tensor2D {
  const sides = cut(layout, carrier);
  const by = layout.slots.map(({ name, shape: [, columns] }) => {
    const [of, side] = [change.get(name) as tf.Tensor3D, sides.get(name)];
    if (side === undefined) return tf.zeros(of.shape);
    const [R, , rank] = side.shape;
    return tf.matMul(side, tf.slice(of, [0, 0, 0], [R, rank, columns]));
  });
  return pack(layout, by);
}
