import * as tf from '@tensorflow/tfjs';
import type { Save } from './layers.ts';

/**
 * Attention logits count as at most this and at least its negative, whose exps are normal float32 numbers. In 36 trained
 * bases and 160 arms none was beyond 14. Beyond the limit the weights saturate, and the gradient passes as if they did not.
 */
const LIMIT = 60;

/** Keys and values of some positions, each [R, T, B H, D/H]. */
export interface Seen {
  readonly keys: tf.Tensor4D;
  readonly values: tf.Tensor4D;
}

/** Keys and values in projections [R, T B, 3 D], behind those of earlier positions. */
export function seenWith(projections: tf.Tensor3D, batch: number, heads: number, past: Seen | undefined): Seen {
  const [R, rows, wide] = projections.shape;
  const [, keys, values] = tf
    .split(projections, 3, 2)
    .map((x) => x.reshape<tf.Tensor4D>([R, rows / batch, batch * heads, wide / 3 / heads])) as [
    tf.Tensor,
    tf.Tensor4D,
    tf.Tensor4D,
  ];
  if (past === undefined) return { keys, values };
  return { keys: tf.concat([past.keys, keys], 1), values: tf.concat([past.values, values], 1) };
}

/**
 * Causal attention of `heads` heads over B sequences, of which `visible`, 1 or 0 in [R B, T, N], may leave positions out.
 * Projections [R, T B, 3 D], rows by position first, hold query, key and value side by side; gives what the heads read, [R, T B,
 * D]. With earlier positions in `past` the new ones see those too. The gradient is written out, as far as to the projections alone,
 * so that query, key and value go back in one transposition.
 * Source: Vaswani et al. 2017 (arXiv 1706.03762).
 */
export function attention(
  projections: tf.Tensor3D,
  batch: number,
  heads: number,
  past: Seen | undefined,
  visible?: tf.Tensor3D,
): tf.Tensor3D {
  const [R, rows, wide] = projections.shape;
  const [T, D] = [rows / batch, wide / 3];
  const [G, depth] = [batch * heads, D / heads];
  const scale = 1 / Math.sqrt(depth);
  /** Anything of the size [R, N, G, d] as [R G, N, d]. */
  const byHead = (x: tf.Tensor): tf.Tensor3D =>
    x
      .reshape([R, -1, G, depth])
      .transpose([0, 2, 1, 3])
      .reshape([R * G, -1, depth]);

  const differentiable = tf.customGrad((input, save) => {
    const [query] = tf.split(input as tf.Tensor3D, 3, 2) as [tf.Tensor3D];
    const { keys, values } = seenWith(input as tf.Tensor3D, batch, heads, past);
    const [q, k, v] = [byHead(query), byHead(keys), byHead(values)];
    const p = causalSoftmax(tf.matMul(q, k, false, true).mul(scale), visible);
    (save as Save)([p, q, k, v]);
    const read = tf.matMul(p, v).reshape([R, G, T, depth]);
    return {
      value: read.transpose([0, 2, 1, 3]).reshape([R, rows, D]),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [weights, queries, allKeys, allValues] = saved as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
        const dRead = byHead(dy);
        const weighted = tf.matMul(dRead, allValues, false, true).mul(weights);
        const dLogits = weighted.sub(weights.mul(rowSums(weighted))).mul<tf.Tensor3D>(scale);
        const parts = [tf.matMul(dLogits, allKeys), tf.matMul(dLogits, queries, true), tf.matMul(weights, dRead, true)];
        return tf
          .concat(parts, 0)
          .reshape([3, R, batch, heads, T, depth])
          .transpose([1, 4, 2, 0, 3, 5])
          .reshape([R, rows, wide]);
      },
    };
  });
  return differentiable(projections) as tf.Tensor3D;
}

/**
 * Softmax of attention logits [G, T, N] of the last T of N positions over what each may see, the positions up to itself;
 * exactly 0 elsewhere, and of those over what is `open` [G / H, T, N] where there is such. With limited logits rows need no maximum
 * taken off, and nothing is so small that exp takes its slow path.
 */
function causalSoftmax(logits: tf.Tensor3D, open: tf.Tensor3D | undefined): tf.Tensor3D {
  const [G, T, N] = logits.shape;
  const powers = logits.clipByValue(-LIMIT, LIMIT).exp();
  const seen = Array.from({ length: T }, (_, i) => Array.from({ length: N }, (_, j) => Number(j <= N - T + i)));
  const causal = T === 1 ? powers : powers.mul(tf.tensor2d(seen));
  const visible = open === undefined ? causal : eachHead(causal, open).reshape([G, T, N]);
  return visible.div<tf.Tensor3D>(rowSums(visible));
}

/** Attention of every head [B H, T, N] times what is visible to all heads of a sequence [B, T, N]; [B, H, T, N]. */
function eachHead(x: tf.Tensor, open: tf.Tensor3D): tf.Tensor {
  const [sequences, T, N] = open.shape;
  return x.reshape([sequences, -1, T, N]).mul(open.reshape([sequences, 1, T, N]));
}

/**
 * The sum of each row of x [G, T, N] at every place of the row: by a product with ones, since broadcasting over rows as
 * short as these costs more.
 */
function rowSums(x: tf.Tensor): tf.Tensor {
  const N = x.shape.at(-1) as number;
  return tf.matMul(x.reshape<tf.Tensor2D>([-1, N]), tf.ones<tf.Rank.R2>([N, N])).reshape(x.shape);
}
