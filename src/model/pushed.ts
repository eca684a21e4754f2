import * as tf from '@tensorflow/tfjs';
import { InvariantError } from '../core/errors.ts';
import { attention } from './attention.ts';
import { embed, lastPositions, type Picked, pick, rmsNorm } from './layers.ts';
import { type Architecture, type Matrices, matrix } from './parameters.ts';

/** What is added to the residual stream of every sequence. */
export interface Push {
  /** Behind so many layers, 0 for the embeddings, fewer than there are. */
  readonly behind: number;
  /** [R, T, D], position by position. */
  readonly change: tf.Tensor3D;
}

/**
 * log p(. | tokens up to t) over the vocabulary, [R, B, last, V] in nats, after the `last` of tokens [R, B, T], of a network to whose
 * residual stream something is added on the way. With zeros it is the network itself to the bit. Throws `InvariantError` where
 * something is hidden from attention (`Architecture.secret`), or there are no more layers behind it.
 * Source: activation addition, Turner et al. 2023 (arXiv 2308.10248), and patching as in Vig et al. 2020 (arXiv 2004.12265), where
 * the change is the difference of two streams.
 */
export function pushedLogProbabilities(
  architecture: Architecture,
  matrices: Matrices,
  { behind, change }: Push,
  tokens: tf.Tensor3D,
  last: number,
): tf.Tensor4D {
  const [R, B, T] = tokens.shape;
  const { width, layers, vocabulary } = architecture;
  if (behind >= layers) throw new InvariantError(`nothing reads what is added behind ${behind} of ${layers} layers`);
  const picked = lastPositions(R, B, T, last);
  const before = throughLayers(architecture, matrices, embedded(matrices, tokens), B, { from: 0, to: behind });
  const pushed = before
    .reshape([R, T, B, width])
    .add(change.reshape([R, T, 1, width]))
    .reshape<tf.Tensor3D>([R, T * B, width]);
  const x = throughLayers(architecture, matrices, pushed, B, { from: behind, to: layers, picked });
  const logits = tf.matMul(rmsNorm(x) as tf.Tensor3D, matrix(matrices, 'unembed'));
  return tf.logSoftmax(logits).reshape([R, B, last, vocabulary]);
}

/** The residual stream of tokens [R, B, T] behind so many layers, [R, T, B, D]. Throws as `pushedLogProbabilities` on what is hidden. */
export function streamBehind(
  architecture: Architecture,
  matrices: Matrices,
  behind: number,
  tokens: tf.Tensor3D,
): tf.Tensor4D {
  const [R, B, T] = tokens.shape;
  const x = throughLayers(architecture, matrices, embedded(matrices, tokens), B, { from: 0, to: behind });
  return x.reshape([R, T, B, architecture.width]);
}

/** Embeddings of tokens [R, B, T], [R, T B, D]; rows go by position first, as in `forward`. */
function embedded(matrices: Matrices, tokens: tf.Tensor3D): tf.Tensor3D {
  const [R, B, T] = tokens.shape;
  const table = matrix(matrices, 'embed.token');
  const width = table.shape[2];
  const position = tf.slice(matrix(matrices, 'embed.position'), [0, 0, 0], [R, T, width]).reshape([R, T, 1, width]);
  const inOrder = tokens.transpose([0, 2, 1]).reshape<tf.Tensor2D>([R, T * B]);
  return embed(table, inOrder)
    .reshape([R, T, B, width])
    .add(position)
    .reshape([R, T * B, width]);
}

/** What the layers `from` up to, but without, `to` make of a residual stream [R, T B, D]; of the picked rows alone behind the last. */
function throughLayers(
  { layers, heads, secret }: Architecture,
  matrices: Matrices,
  stream: tf.Tensor3D,
  batch: number,
  { from, to, picked }: { readonly from: number; readonly to: number; readonly picked?: Picked },
): tf.Tensor3D {
  if (secret !== undefined) throw new InvariantError('a push of a network from whose attention something is hidden');
  let x = stream;
  for (let layer = from; layer < to; layer++) {
    const weights = (name: string): tf.Tensor3D => matrix(matrices, `${layer}.${name}`);
    const projection = tf.concat<tf.Tensor3D>(['query', 'key', 'value'].map(weights), 2);
    const projected = tf.matMul<tf.Tensor3D>(rmsNorm(x) as tf.Tensor3D, projection);
    let attended = attention(projected, batch, heads, undefined);
    if (picked !== undefined && layer === layers - 1) [x, attended] = [pick(x, picked), pick(attended, picked)];
    x = x.add(tf.matMul(attended, weights('out')));
    const hidden = tf.relu(tf.matMul(rmsNorm(x) as tf.Tensor3D, weights('up')));
    x = x.add(tf.matMul(hidden, weights('down')));
  }
  return x;
}
