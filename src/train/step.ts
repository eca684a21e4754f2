import * as tf from '@tensorflow/tfjs';
import type { Signature, Tensors } from '../engine/engine.ts';
import type { Compilable } from '../engine/programs.ts';
import { decode } from '../model/decode.ts';
import { languageLoss, type PolicyOptions, policyLoss } from '../model/loss.ts';
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

/** One supervised step. Extra inputs: tokens int32 [R, B, L], weights [R, B, L - 1] (scaled by the caller). */
export function languageStep(
  architecture: Architecture,
  options: AdamOptions,
  { replicates, batch, length }: { readonly replicates: number; readonly batch: number; readonly length: number },
): Compilable {
  const { size } = layoutOf(architecture);
  return {
    signature: {
      ...learnerSignature(replicates, size),
      tokens: { shape: [replicates, batch, length], dtype: 'int32' },
      weights: { shape: [replicates, batch, length - 1], dtype: 'float32' },
    },
    fn: (inputs) =>
      update(
        architecture,
        inputs,
        (matrices) =>
          languageLoss(architecture, matrices, inputs['tokens'] as tf.Tensor3D, inputs['weights'] as tf.Tensor3D),
        options,
      ),
  };
}

export interface PolicyShape {
  readonly replicates: number;
  readonly rollouts: number;
  readonly prompt: number;
  readonly answer: number;
  /** Sequences of supervised rehearsal in the same step, and their length; absent for none. */
  readonly rehearsal?: { readonly batch: number; readonly length: number };
}

/**
 * One reinforcement-learning step, rollouts included. Draws an answer to every prompt from the current parameters, pays
 * 1 for each right token, and follows the policy gradient with the batch mean of each position as the baseline.
 * Extra inputs: prompts int32 [R, B, T], wanted int32 [R, B, m], noise [R, B, m] uniform in [0, 1), and tokens / weights
 * of the rehearsal where there is one. Extra output: reward [R], the mean over rollouts and positions.
 */
export function policyStep(
  architecture: Architecture,
  options: AdamOptions,
  policyOptions: PolicyOptions,
  { replicates: R, rollouts: B, prompt, answer, rehearsal }: PolicyShape,
): Compilable {
  const { size } = layoutOf(architecture);
  return {
    signature: {
      ...learnerSignature(R, size),
      prompts: { shape: [R, B, prompt], dtype: 'int32' },
      wanted: { shape: [R, B, answer], dtype: 'int32' },
      noise: { shape: [R, B, answer], dtype: 'float32' },
      ...(rehearsal && {
        tokens: { shape: [R, rehearsal.batch, rehearsal.length], dtype: 'int32' as const },
        weights: { shape: [R, rehearsal.batch, rehearsal.length - 1], dtype: 'float32' as const },
      }),
    },
    fn: (inputs) => {
      const prompts = inputs['prompts'] as tf.Tensor3D;
      const current = unpack(layoutOf(architecture), inputs['parameters'] as tf.Tensor2D);
      const answers = decode(architecture, current, prompts, answer, {
        noise: inputs['noise'] as tf.Tensor3D,
        temperature: policyOptions.temperature,
      });
      const reward = tf.equal(answers, inputs['wanted'] as tf.Tensor3D).cast<tf.Tensor3D>('float32');
      const advantage = reward.sub<tf.Tensor3D>(reward.mean(1, true));
      const loss = (matrices: Matrices): tf.Tensor1D => {
        const policy = policyLoss(architecture, matrices, { prompts, answers, advantage }, policyOptions);
        if (rehearsal === undefined) return policy;
        const tokens = inputs['tokens'] as tf.Tensor3D;
        return policy.add(languageLoss(architecture, matrices, tokens, inputs['weights'] as tf.Tensor3D));
      };
      return { ...update(architecture, inputs, loss, options), reward: reward.mean([1, 2]) };
    },
  };
}
