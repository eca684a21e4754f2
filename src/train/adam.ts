import * as tf from '@tensorflow/tfjs';

export interface AdamOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly clip: number;
  readonly weightDecay: number;
}

/** Parameters and both moments, each [R, P]. */
export interface AdamState {
  readonly parameters: tf.Tensor2D;
  readonly first: tf.Tensor2D;
  readonly second: tf.Tensor2D;
}

const EPSILON = 1e-8;

/**
 * One AdamW step after clipping each replicate's gradient [R, P] to the norm `clip`; norms come back as [R].
 * m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, p -= lr (m / c1 / (sqrt(v / c2) + 1e-8) + decay p),
 * with learning rate `rate` [R] and bias corrections c1 = 1 - b1^t, c2 = 1 - b2^t, each [1].
 * Source: Loshchilov and Hutter 2019 (arXiv 1711.05101); the same order of operations as PyTorch's AdamW.
 */
export function adamStep(
  state: AdamState,
  gradient: tf.Tensor2D,
  rate: tf.Tensor1D,
  corrections: { readonly first: tf.Tensor1D; readonly second: tf.Tensor1D },
  { beta1, beta2, clip, weightDecay }: AdamOptions,
): AdamState & { readonly norm: tf.Tensor1D } {
  const norm = gradient.square().sum<tf.Tensor1D>(1).sqrt();
  const scale = tf.minimum(tf.div(clip, norm.add(1e-6)), 1).expandDims(1);
  const clipped = gradient.mul(scale);
  const first = state.first.mul(beta1).add<tf.Tensor2D>(clipped.mul(1 - beta1));
  const second = state.second.mul(beta2).add<tf.Tensor2D>(clipped.square().mul(1 - beta2));
  const direction = first.div(corrections.first).div(second.div(corrections.second).sqrt().add(EPSILON));
  const decayed = weightDecay === 0 ? direction : direction.add(state.parameters.mul(weightDecay));
  const parameters = state.parameters.sub<tf.Tensor2D>(decayed.mul(rate.expandDims(1)));
  return { parameters, first, second, norm };
}
