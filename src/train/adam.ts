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
 * Source: Loshchilov and Hutter 2019 (arXiv 1711.05101), as in PyTorch's AdamW.
 */
export function adamStep(
  state: AdamState,
  gradient: tf.Tensor2D,
  rate: tf.Tensor1D,
  corrections: { readonly first: tf.Tensor1D; readonly second: tf.Tensor1D },
  { beta1, beta2, clip, weightDecay }: AdamOptions,
): AdamState & { readonly norm: tf.Tensor1D } {
  // Factors are put together before they meet the [R, P] tensors: fewer passes over those.
  const squares = gradient.square();
  const norm = squares.sum<tf.Tensor1D>(1).sqrt();
  const scale = tf.minimum(tf.div(clip, norm.add(1e-6)), 1).expandDims(1);
  const first = state.first.mul(beta1).add<tf.Tensor2D>(gradient.mul(scale.mul(1 - beta1)));
  const second = state.second.mul(beta2).add<tf.Tensor2D>(squares.mul(scale.square().mul(1 - beta2)));
  const root = corrections.second.sqrt();
  const step = rate.mul(root).div(corrections.first).expandDims(1);
  const change = first.mul(step).div(second.sqrt().add(root.mul(EPSILON)));
  const kept = weightDecay === 0 ? state.parameters : state.parameters.mul(rate.mul(-weightDecay).add(1).expandDims(1));
  const parameters = kept.sub<tf.Tensor2D>(change);
  return { parameters, first, second, norm };
}
