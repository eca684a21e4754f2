import * as tf from '@tensorflow/tfjs';
import { InvariantError } from '../core/errors.ts';
import { attention } from './attention.ts';
import { embed, lastPositions, pick, rmsNorm } from './layers.ts';
import { type Architecture, type Matrices, matrix } from './parameters.ts';

/** Two networks of one architecture, and how much of the second works at each position. */
export interface Graft {
  readonly base: Matrices;
  readonly tuned: Matrices;
  /** [T]: 1 where the tuned weights work, 0 where those of the base do. */
  readonly where: tf.Tensor1D;
}

/**
 * log p(. | tokens up to t) over the vocabulary, [R, B, last, V] in nats, after the `last` of tokens [R, B, T], of a network that has
 * tuned weights at some positions and base weights at the others: whatever a position computes, from its embedding to the keys and
 * values that others read there, is by its own weights. With the tuned weights everywhere it is the tuned network to the bit, with
 * them nowhere the base. Throws `InvariantError` where something is hidden
 * from attention (`Architecture.secret`).
 * Source: dynamic weight grafting, Nief, Reber, Richardson and Holtzman 2026 (arXiv 2506.20746); ours grafts all of a position, no
 * component of it alone.
 */
export function graftedLogProbabilities(
  { vocabulary, width, layers, heads, secret }: Architecture,
  { base, tuned, where }: Graft,
  tokens: tf.Tensor3D,
  last: number,
): tf.Tensor4D {
  if (secret !== undefined) throw new InvariantError('a graft of a network from whose attention something is hidden');
  const [R, B, T] = tokens.shape;
  const rows = T * B;
  const picked = lastPositions(R, B, T, last);
  // Rows go by position first, as in `forward`.
  const all = where.reshape([1, T, 1]).tile([R, 1, B]).reshape<tf.Tensor3D>([R, rows, 1]);
  const ofPicked = pick(all, picked);
  const each = (make: (matrices: Matrices) => tf.Tensor, mask: tf.Tensor3D): tf.Tensor3D =>
    make(tuned)
      .mul(mask)
      .add(make(base).mul(tf.sub(1, mask)));
  const product = (x: tf.Tensor, names: readonly string[], mask: tf.Tensor3D): tf.Tensor3D =>
    each((matrices) => {
      const weights = names.map((name) => matrix(matrices, name));
      return tf.matMul(x as tf.Tensor3D, weights.length === 1 ? (weights[0] as tf.Tensor3D) : tf.concat(weights, 2));
    }, mask);

  const inOrder = tokens.transpose([0, 2, 1]).reshape<tf.Tensor2D>([R, rows]);
  let x = each((matrices) => {
    const position = tf.slice(matrix(matrices, 'embed.position'), [0, 0, 0], [R, T, width]).reshape([R, T, 1, width]);
    const embedded = embed(matrix(matrices, 'embed.token'), inOrder).reshape([R, T, B, width]);
    return embedded.add(position).reshape([R, rows, width]);
  }, all);
  for (let layer = 0; layer < layers; layer++) {
    const named = (name: string): string => `${layer}.${name}`;
    const projected = product(rmsNorm(x), ['query', 'key', 'value'].map(named), all);
    const attended = attention(projected, B, heads, undefined);
    const isLast = layer === layers - 1;
    const mask = isLast ? ofPicked : all;
    const only = (rowsOf: tf.Tensor3D): tf.Tensor3D => (isLast ? pick(rowsOf, picked) : rowsOf);
    x = only(x).add(product(only(attended), [named('out')], mask));
    const hidden = tf.relu(product(rmsNorm(x), [named('up')], mask));
    x = x.add(product(hidden, [named('down')], mask));
  }
  const logits = product(rmsNorm(x), ['unembed'], ofPicked);
  return tf.logSoftmax(logits).reshape([R, B, last, vocabulary]);
}
