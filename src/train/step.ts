import * as tf from '@tensorflow/tfjs';
import type { Signature, Tensors } from '../engine/engine.ts';
import type { Compilable } from '../engine/programs.ts';
import { decode } from '../model/decode.ts';
import { type Examples, languageLoss, type PolicyOptions, policyLoss } from '../model/loss.ts';
import { type Architecture, layoutOf, type Matrices, pack, unpack } from '../model/parameters.ts';
import { type AdamOptions, adamStep } from './adam.ts';

/** What every training step takes and gives beside its batch: parameters, moments, learning rate, bias corrections. */
function learnerSignature(replicates: number, parameters: number): Signature {
  const flat = { shape: [replicates, parameters], dtype: 'float32' } as const;
  const one = { shape: [1], dtype: 'float32' } as const;
  return {
    parameters: flat,
    first: flat,
    second: flat,
    rate: { shape: [replicates], dtype: 'float32' },
    correction1: one,
    correction2: one,
  };
}

/** What a learner feeds back: it need not leave the engine's device. */
const STATE = ['parameters', 'first', 'second'];

/**
 * The update that lowers `loss` [R]: gradients by TensorFlow.js, summed over replicates (each replicate's loss depends on
 * its own parameters only), then Adam. Outputs: parameters, first, second [R, P]; loss, norm [R].
 */
function update(
  architecture: Architecture,
  inputs: Tensors,
  loss: (matrices: Matrices) => tf.Tensor1D,
  options: AdamOptions,
): tf.NamedTensorMap {
  const layout = layoutOf(architecture);
  const flat = inputs['parameters'] as tf.Tensor2D;
  const names = layout.slots.map(({ name }) => name);
  const losses: tf.Tensor1D[] = [];
  const total = (...parts: tf.Tensor[]): tf.Scalar => {
    const each = tf.keep(loss(new Map(names.map((name, i) => [name, parts[i] as tf.Tensor3D]))));
    losses.push(each);
    return each.sum();
  };
  const gradients = tf.grads(total)([...unpack(layout, flat).values()]);
  const after = adamStep(
    { parameters: flat, first: inputs['first'] as tf.Tensor2D, second: inputs['second'] as tf.Tensor2D },
    pack(layout, gradients),
    inputs['rate'] as tf.Tensor1D,
    { first: inputs['correction1'] as tf.Tensor1D, second: inputs['correction2'] as tf.Tensor1D },
    options,
  );
  const [kept] = losses as [tf.Tensor1D];
  const each = kept.clone();
  kept.dispose();
  return { ...after, loss: each };
}

/** Sizes of the supervised part of a step: R batches [B, L] with N places for predictions. */
export interface ExamplesShape {
  readonly batch: number;
  readonly length: number;
  readonly places: number;
}

/** What `examplesOf` feeds. */
function examplesSignature(R: number, { batch, length, places }: ExamplesShape): Signature {
  return {
    tokens: { shape: [R, batch, length - 1], dtype: 'int32' },
    rows: { shape: [R, places], dtype: 'int32' },
    targets: { shape: [R, places], dtype: 'int32' },
    weights: { shape: [R, places], dtype: 'float32' },
    places: { shape: [R, batch * (length - 1)], dtype: 'int32' },
  };
}

/** The loss on what `examplesOf` feeds. */
function examplesLoss(architecture: Architecture, inputs: Tensors): (matrices: Matrices) => tf.Tensor1D {
  const { tokens, rows, targets, weights, places } = inputs as unknown as Examples;
  return (matrices) => languageLoss(architecture, matrices, { tokens, rows, targets, weights, places });
}

/** One supervised step of R networks. Extra inputs: those of `examplesOf`. */
export function languageStep(
  architecture: Architecture,
  options: AdamOptions,
  { replicates, ...shape }: ExamplesShape & { readonly replicates: number },
): Compilable {
  return {
    keep: STATE,
    signature: {
      ...learnerSignature(replicates, layoutOf(architecture).size),
      ...examplesSignature(replicates, shape),
    },
    fn: (inputs) => update(architecture, inputs, examplesLoss(architecture, inputs), options),
  };
}

export interface PolicyShape {
  readonly replicates: number;
  readonly rollouts: number;
  readonly prompt: number;
  readonly answer: number;
  /** Supervised rehearsal in the same step; absent for none. */
  readonly rehearsal?: ExamplesShape;
}

/**
 * One reinforcement-learning step, rollouts included. Draws an answer to every prompt from the current parameters, pays
 * 1 for each right token, and follows the policy gradient with the batch mean of each position as the baseline.
 * Extra inputs: prompts int32 [R, B, T], wanted int32 [R, B, m], noise [R, B, m] uniform in [0, 1); base [R, P] where KL
 * has a weight; and those of `examplesOf` where there is rehearsal. Extra output: reward [R], the mean over rollouts and positions.
 */
export function policyStep(
  architecture: Architecture,
  options: AdamOptions,
  policyOptions: PolicyOptions,
  { replicates: R, rollouts: B, prompt, answer, rehearsal }: PolicyShape,
): Compilable {
  const { size } = layoutOf(architecture);
  return {
    keep: STATE,
    signature: {
      ...learnerSignature(R, size),
      prompts: { shape: [R, B, prompt], dtype: 'int32' },
      wanted: { shape: [R, B, answer], dtype: 'int32' },
      noise: { shape: [R, B, answer], dtype: 'float32' },
      ...(policyOptions.klWeight > 0 && { base: { shape: [R, size], dtype: 'float32' } as const }),
      ...(rehearsal && examplesSignature(R, rehearsal)),
    },
    fn: (inputs) => {
      const prompts = inputs['prompts'] as tf.Tensor3D;
      const current = unpack(layoutOf(architecture), inputs['parameters'] as tf.Tensor2D);
      const answers = decode(architecture, current, prompts, answer, {
        noise: inputs['noise'] as tf.Tensor3D,
        temperature: policyOptions.temperature,
      });
      const reward = tf.equal(tf.concat(answers, 2), inputs['wanted'] as tf.Tensor3D).cast<tf.Tensor3D>('float32');
      const advantage = reward.sub<tf.Tensor3D>(reward.mean(1, true));
      const from = inputs['base'] as tf.Tensor2D | undefined;
      const base = from && unpack(layoutOf(architecture), from);
      const rollouts = { prompts, answers, advantage, ...(base && { base }) };
      const loss = (matrices: Matrices): tf.Tensor1D => {
        const policy = policyLoss(architecture, matrices, rollouts, policyOptions);
        return rehearsal === undefined ? policy : policy.add(examplesLoss(architecture, inputs)(matrices));
      };
      return { ...update(architecture, inputs, loss, options), reward: reward.mean([1, 2]) };
    },
  };
}
