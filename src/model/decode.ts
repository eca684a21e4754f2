import * as tf from '@tensorflow/tfjs';
import { lastPositions } from './layers.ts';
import type { Architecture, Matrices } from './parameters.ts';
import { forward } from './transformer.ts';

/**
 * Continues each prompt [R, B, T] by `length` tokens; gives them one by one, each int32 [R, B, 1]. Without noise each token is the argmax;
 * with uniform noise [R, B, length] in [0, 1) each is a draw from softmax(logits / temperature) (inverse CDF).
 */
export function decode(
  architecture: Architecture,
  matrices: Matrices,
  prompts: tf.Tensor3D,
  length: number,
  sampling?: { readonly noise: tf.Tensor3D; readonly temperature: number },
): tf.Tensor3D[] {
  const [R, B, T] = prompts.shape;
  const V = architecture.vocabulary;
  let { logits, cache } = forward(architecture, matrices, prompts, { picked: lastPositions(R, B, T, 1) });
  const answers: tf.Tensor3D[] = [];
  for (let i = 0; ; i++) {
    const last = logits.reshape<tf.Tensor3D>([R, B, V]);
    const chosen = sampling
      ? draw(last.div(sampling.temperature), tf.slice(sampling.noise, [0, 0, i], [R, B, 1]))
      : tf.argMax(last, -1);
    const token = chosen.reshape<tf.Tensor3D>([R, B, 1]);
    answers.push(token);
    if (answers.length === length) return answers;
    ({ logits, cache } = forward(architecture, matrices, token, { past: cache }));
  }
}

/** One index a row: the first whose cumulative probability exceeds uniform [R, B, 1]. Logits [R, B, V] -> int32 [R, B]. */
function draw(logits: tf.Tensor3D, uniform: tf.Tensor3D): tf.Tensor2D {
  const [R, B, V] = logits.shape;
  const upTo = tf.tensor2d(Array.from({ length: V }, (_, j) => Array.from({ length: V }, (_, k) => (j <= k ? 1 : 0))));
  const cumulative = tf
    .matMul(tf.softmax(logits).reshape<tf.Tensor2D>([R * B, V]), upTo)
    .reshape<tf.Tensor3D>([R, B, V]);
  const total = tf.slice(cumulative, [0, 0, V - 1], [R, B, 1]);
  const passed = tf.greater(uniform.mul(total), cumulative).cast('float32').sum(-1);
  return tf.minimum(passed, V - 1).cast('int32');
}
