import * as tf from '@tensorflow/tfjs';
import type { Architecture, Matrices } from './parameters.ts';
import { forward } from './transformer.ts';

/**
 * log p(tokens[t + 1] | tokens[..t]) for tokens [R, B, L], as log-probabilities over the vocabulary [R, B, L - 1, V] in
 * nats, of softmax(logits / temperature).
 */
export function logProbabilities(
  architecture: Architecture,
  matrices: Matrices,
  tokens: tf.Tensor3D,
  temperature = 1,
): tf.Tensor4D {
  const [R, B, L] = tokens.shape;
  const inputs = tf.slice(tokens, [0, 0, 0], [R, B, L - 1]);
  return tf.logSoftmax(forward(architecture, matrices, inputs).logits.div<tf.Tensor4D>(temperature));
}

/** Picks log p of `tokens` [R, B, N] out of `logp` [R, B, N, V]; gives [R, B, N]. */
function chosen(logp: tf.Tensor4D, tokens: tf.Tensor3D): tf.Tensor3D {
  return tf.oneHot(tokens, logp.shape[3]).mul(logp).sum(-1);
}

/**
 * Weighted negative log-likelihood of each replicate, sum of weights[t] * -log p(tokens[t + 1]), in nats; [R].
 * Tokens [R, B, L], weights [R, B, L - 1]: the caller scales the weights, so that they sum to 1 for a mean.
 */
export function languageLoss(
  architecture: Architecture,
  matrices: Matrices,
  tokens: tf.Tensor3D,
  weights: tf.Tensor3D,
): tf.Tensor1D {
  const [R, B, L] = tokens.shape;
  const next = tf.slice(tokens, [0, 0, 1], [R, B, L - 1]);
  return chosen(logProbabilities(architecture, matrices, tokens), next)
    .mul(weights)
    .sum<tf.Tensor1D>([1, 2])
    .neg();
}

/** How RL's policy is made of the logits, and how much its entropy is worth. */
export interface PolicyOptions {
  readonly temperature: number;
  readonly entropyBonus: number;
}

/**
 * Policy-gradient loss of each replicate (REINFORCE with a given advantage) with an entropy bonus; [R]:
 * -mean(advantage * log p(answer)) - bonus * mean(H), means over sequences and answer positions, entropy H in nats, all
 * of the policy softmax(logits / temperature). Prompts [R, B, T], answers [R, B, m] drawn from these parameters, advantage [R, B, m].
 */
export function policyLoss(
  architecture: Architecture,
  matrices: Matrices,
  rollouts: { readonly prompts: tf.Tensor3D; readonly answers: tf.Tensor3D; readonly advantage: tf.Tensor3D },
  { temperature, entropyBonus }: PolicyOptions,
): tf.Tensor1D {
  const { prompts, answers, advantage } = rollouts;
  const [R, B, T] = prompts.shape;
  const m = answers.shape[2];
  const all = logProbabilities(architecture, matrices, tf.concat([prompts, answers], 2), temperature);
  const logp = tf.slice(all, [0, 0, T - 1, 0], [R, B, m, architecture.vocabulary]);
  const gain = chosen(logp, answers).mul(advantage);
  const entropy = tf.exp(logp).mul(logp).sum(-1).neg();
  return gain
    .add(entropy.mul(entropyBonus))
    .sum([1, 2])
    .div<tf.Tensor1D>(B * m)
    .neg();
}
