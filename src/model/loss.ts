import * as tf from '@tensorflow/tfjs';
import { crossEntropy, lastPositions, type Picked } from './layers.ts';
import type { Architecture, Matrices } from './parameters.ts';
import { forward } from './transformer.ts';

/** log p(. | tokens up to t) over the vocabulary, [R, B, last, V] in nats, after the `last` of tokens [R, B, T]. */
export function logProbabilities(
  architecture: Architecture,
  matrices: Matrices,
  tokens: tf.Tensor3D,
  last: number,
): tf.Tensor4D {
  const [R, B, T] = tokens.shape;
  const { logits } = forward(architecture, matrices, tokens, { picked: lastPositions(R, B, T, last) });
  return tf.logSoftmax(logits).reshape([R, B, last, architecture.vocabulary]);
}

/** What a supervised loss is taken of: predictions at some positions of a batch, see `Picked`. */
export interface Examples extends Picked {
  /** int32 [R, B, T]. */
  readonly tokens: tf.Tensor3D;
  /** The token that follows at each picked position, int32 [R, N]. */
  readonly targets: tf.Tensor2D;
  /** [R, N]; the caller scales them, so that they sum to 1 for a mean. Zero where a place is not used. */
  readonly weights: tf.Tensor2D;
}

/** Weighted negative log-likelihood of each replicate, sum of weight * -log p(target), in nats; [R]. */
export function languageLoss(
  architecture: Architecture,
  matrices: Matrices,
  { tokens, targets, weights, ...picked }: Examples,
): tf.Tensor1D {
  const { logits } = forward(architecture, matrices, tokens, { picked });
  return crossEntropy(logits as tf.Tensor3D, targets)
    .mul(weights)
    .sum<tf.Tensor1D>(1);
}

/**
 * KL(base || network) of each replicate in nats over the whole vocabulary, sum of weight * KL at the picked positions; [R], as a
 * function of the network's matrices. The base has no gradient.
 */
export function distanceFromBase(
  architecture: Architecture,
  base: Matrices,
  { tokens, weights, rows, places }: Omit<Examples, 'targets'>,
): (matrices: Matrices) => tf.Tensor1D {
  const logpOf = (matrices: Matrices): tf.Tensor3D =>
    tf.logSoftmax(forward(architecture, matrices, tokens, { picked: { rows, places } }).logits as tf.Tensor3D);
  const from = logpOf(base);
  const p = from.exp();
  return (matrices) =>
    p
      .mul(from.sub(logpOf(matrices)))
      .sum<tf.Tensor2D>(-1)
      .mul(weights)
      .sum<tf.Tensor1D>(1);
}

/** How RL's policy is made of the logits, how much its entropy is worth, and how much nearness to the base. */
export interface PolicyOptions {
  readonly temperature: number;
  readonly entropyBonus: number;
  readonly klWeight: number;
}

/**
 * Policy-gradient loss of each replicate (REINFORCE with a given advantage) with an entropy bonus; [R]:
 * -mean(advantage * log p(answer)) - bonus * mean(H) + weight * mean(KL(p || base)), means over sequences and answer
 * positions, entropy H and KL over the whole vocabulary in nats, all of the policy softmax(logits / temperature); how KL
 * depends on which answers are drawn has no gradient here. Prompts [R, B, T]; m answer tokens drawn from these
 * parameters, each [R, B, 1]; advantage [R, B, m]; the base's matrices where KL has a weight.
 */
export function policyLoss(
  architecture: Architecture,
  matrices: Matrices,
  rollouts: {
    readonly prompts: tf.Tensor3D;
    readonly answers: readonly tf.Tensor3D[];
    readonly advantage: tf.Tensor3D;
    readonly base?: Matrices;
  },
  { temperature, entropyBonus, klWeight }: PolicyOptions,
): tf.Tensor1D {
  const { prompts, answers, advantage, base } = rollouts;
  const [R, B, T] = prompts.shape;
  const m = answers.length;
  const sequences = tf.concat([prompts, ...answers.slice(0, -1)], 2);
  const logpOf = (of: Matrices): tf.Tensor3D => {
    const { logits } = forward(architecture, of, sequences, { picked: lastPositions(R, B, T + m - 1, m) });
    return tf.logSoftmax(logits.div<tf.Tensor3D>(temperature));
  };
  const logp = logpOf(matrices);
  const flat = (x: tf.Tensor3D): tf.Tensor2D => x.reshape([R, B * m]);
  const gain = tf
    .oneHot(flat(tf.concat([...answers], 2)), architecture.vocabulary)
    .mul(logp)
    .sum(-1)
    .mul(flat(advantage));
  const p = tf.exp(logp);
  const entropy = p.mul(logp).sum(-1).neg();
  const bonus = entropy.mul(entropyBonus);
  const near = base && p.mul(logp.sub(logpOf(base))).sum(-1);
  return gain
    .add(near === undefined ? bonus : bonus.sub(near.mul(klWeight)))
    .sum(1)
    .div<tf.Tensor1D>(B * m)
    .neg();
}
