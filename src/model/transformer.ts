import * as tf from '@tensorflow/tfjs';
import { type Architecture, type Matrices, matrix } from './parameters.ts';

/** Keys and values of the positions seen so far, one pair a layer, each [R B H, T, D/H]. */
export type Cache = readonly { readonly keys: tf.Tensor3D; readonly values: tf.Tensor3D }[];

const EPSILON = 1e-5;
const MASKED = -1e9;

/**
 * Root-mean-square normalisation over the last axis, without a gain: x / sqrt(mean(x^2) + 1e-5).
 * Its gradient is written out, (dy - n mean(n dy)) / rms with n the output, which halves the traced graph's share of it.
 * Source: Zhang and Sennrich 2019 (arXiv 1910.07467).
 */
export const rmsNorm: (x: tf.Tensor) => tf.Tensor = tf.customGrad((x, save) => {
  const input = x as tf.Tensor;
  const inverse = input.square().mean(-1, true).add(EPSILON).rsqrt();
  const normal = input.mul(inverse);
  (save as (tensors: tf.Tensor[]) => void)([normal, inverse]);
  return {
    value: normal,
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [n, r] = saved as [tf.Tensor, tf.Tensor];
      return dy.sub(n.mul(n.mul(dy).mean(-1, true))).mul(r);
    },
  };
});

/**
 * Logits [R, B, T, V] for tokens [R, B, T] at positions `start`.. of a pre-norm decoder-only transformer, and the cache
 * of all positions so far. With a cache of earlier positions the new ones attend to those too.
 */
export function forward(
  architecture: Architecture,
  matrices: Matrices,
  tokens: tf.Tensor3D,
  past?: Cache,
): { readonly logits: tf.Tensor4D; readonly cache: Cache } {
  const { vocabulary, width, layers, heads } = architecture;
  const [R, B, T] = tokens.shape;
  const start = past === undefined ? 0 : (past[0]?.keys.shape[1] ?? 0);
  const rows = B * T;
  const depth = width / heads;

  // Query, key and value in one product and one transposition: fewer, larger operations.
  const projected = (x: tf.Tensor3D, weights: tf.Tensor3D[]): [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D] => {
    const all = tf
      .matMul(x, tf.concat(weights, 2))
      .reshape([R * B, T, 3, heads, depth])
      .transpose([2, 0, 3, 1, 4]);
    const parts = tf.split(all.reshape([3 * R * B * heads, T, depth]), 3, 0);
    return parts as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
  };
  const join = (x: tf.Tensor): tf.Tensor3D =>
    x
      .reshape([R * B, heads, T, depth])
      .transpose([0, 2, 1, 3])
      .reshape([R, rows, width]);

  const oneHot = tf.oneHot(tokens.reshape([R, rows]), vocabulary) as tf.Tensor3D;
  const position = tf.slice(matrix(matrices, 'embed.position'), [0, start, 0], [R, T, width]).reshape([R, 1, T, width]);
  const embedded = tf.matMul(oneHot, matrix(matrices, 'embed.token')).reshape([R, B, T, width]);
  let x: tf.Tensor3D = embedded.add(position).reshape([R, rows, width]);

  const mask = causalMask(T, start);
  const cache: { keys: tf.Tensor3D; values: tf.Tensor3D }[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const weights = (name: string): tf.Tensor3D => matrix(matrices, `${layer}.${name}`);
    const normal = rmsNorm(x) as tf.Tensor3D;
    const [query, freshKeys, freshValues] = projected(normal, ['query', 'key', 'value'].map(weights));
    const earlier = past?.[layer];
    const extend = (old: tf.Tensor3D | undefined, fresh: tf.Tensor3D): tf.Tensor3D =>
      old === undefined ? fresh : tf.concat([old, fresh], 1);
    const keys = extend(earlier?.keys, freshKeys);
    const values = extend(earlier?.values, freshValues);
    cache.push({ keys, values });
    const scores = tf.matMul(query, keys, false, true).mul(1 / Math.sqrt(depth));
    const attention = tf.softmax(mask === undefined ? scores : scores.add(mask));
    x = x.add(tf.matMul(join(tf.matMul(attention, values)), weights('out')));
    const hidden = tf.relu(tf.matMul(rmsNorm(x) as tf.Tensor3D, weights('up')));
    x = x.add(tf.matMul(hidden, weights('down')));
  }
  const logits = tf.matMul(rmsNorm(x) as tf.Tensor3D, matrix(matrices, 'unembed'));
  return { logits: logits.reshape([R, B, T, vocabulary]), cache };
}

/** Additive mask [T, start + T]: position start + i sees the positions up to itself. None for a single new position. */
function causalMask(T: number, start: number): tf.Tensor2D | undefined {
  if (T === 1) return undefined;
  const rows = Array.from({ length: T }, (_, i) =>
    Array.from({ length: start + T }, (_, j) => (j <= start + i ? 0 : MASKED)),
  );
  return tf.tensor2d(rows);
}
