import * as tf from '@tensorflow/tfjs';
import { attention, type Seen, seenWith } from './attention.ts';
import { embed, type Picked, pick, rmsNorm } from './layers.ts';
import { type Architecture, type Matrices, matrix } from './parameters.ts';
import { type Hidden, hiddenWith, visibleTo } from './secret.ts';

/** What was seen so far: by each layer, and what of it is hidden where anything can be. */
export interface Cache {
  readonly layers: readonly Seen[];
  readonly hidden?: Hidden | undefined;
}

/** What `forward` may be given beside the tokens. */
export interface ForwardOptions {
  /** Earlier positions, which the new ones attend to as well; then there is no gradient. */
  readonly past?: Cache;
  /** The positions whose logits are wanted; all where absent. */
  readonly picked?: Picked;
}

/**
 * Logits [R, T, B, V] for tokens [R, B, T] of a pre-norm decoder-only transformer, and the cache of all positions so far.
 * With `picked` the logits are [R, N, V], and nothing is computed for the other positions behind the last attention.
 *
 * Rows go by position first, then by sequence: attention can then be fed what the products give as it lies, and a
 * position's embedding is added to many rows at once.
 */
export function forward(
  architecture: Architecture,
  matrices: Matrices,
  tokens: tf.Tensor3D,
  { past, picked }: ForwardOptions = {},
): { readonly logits: tf.Tensor; readonly cache: Cache } {
  const { vocabulary, width, layers, heads, secret } = architecture;
  const [R, B, T] = tokens.shape;
  const start = past?.layers[0]?.keys.shape[1] ?? 0;
  const rows = T * B;

  const position = tf.slice(matrix(matrices, 'embed.position'), [0, start, 0], [R, T, width]).reshape([R, T, 1, width]);
  const inOrder = tokens.transpose([0, 2, 1]).reshape<tf.Tensor2D>([R, rows]);
  const embedded = embed(matrix(matrices, 'embed.token'), inOrder).reshape([R, T, B, width]);
  let x: tf.Tensor3D = embedded.add(position).reshape([R, rows, width]);

  const hidden = secret && hiddenWith(secret, vocabulary, tokens, past?.hidden);
  const visible = hidden && visibleTo(hidden, T);
  const seen: Seen[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const weights = (name: string): tf.Tensor3D => matrix(matrices, `${layer}.${name}`);
    const projection = tf.concat<tf.Tensor3D>(['query', 'key', 'value'].map(weights), 2);
    const projected = tf.matMul<tf.Tensor3D>(rmsNorm(x) as tf.Tensor3D, projection);
    const before = past?.layers[layer];
    seen.push(seenWith(projected, B, heads, before));
    let attended = attention(projected, B, heads, before, visible);
    if (picked !== undefined && layer === layers - 1) [x, attended] = [pick(x, picked), pick(attended, picked)];
    x = x.add(tf.matMul(attended, weights('out')));
    const hidden = tf.relu(tf.matMul(rmsNorm(x) as tf.Tensor3D, weights('up')));
    x = x.add(tf.matMul(hidden, weights('down')));
  }
  const logits = tf.matMul(rmsNorm(x) as tf.Tensor3D, matrix(matrices, 'unembed'));
  return {
    logits: picked === undefined ? logits.reshape([R, T, B, vocabulary]) : logits,
    cache: { layers: seen, hidden },
  };
}
