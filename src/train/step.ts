import * as tf from '@tensorflow/tfjs';
import type { Signature, Tensors } from '../engine/engine.ts';
import type { Compilable } from '../engine/programs.ts';
import { type Examples, languageLoss } from '../model/loss.ts';
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

/** What a training step lowers, beside rehearsal. */
export interface Objective {
  /** The inputs that it takes beside those of every step. */
  readonly signature: Signature;
  /** From the inputs to the loss [R] as a function of the matrices; whatever is made outside of that function has no gradient. */
  readonly of: (inputs: Tensors) => {
    readonly loss: (matrices: Matrices) => tf.Tensor1D;
    /** What the step gives beside the loss. */
    readonly outputs?: Tensors;
  };
}

/** One step of R networks that lowers an objective, and the loss of rehearsal, which is fed by `examplesOf`, where there is any. */
export function trainingStep(
  architecture: Architecture,
  options: AdamOptions,
  replicates: number,
  objective: Objective,
  rehearsal?: ExamplesShape,
): Compilable {
  return {
    keep: STATE,
    signature: {
      ...learnerSignature(replicates, layoutOf(architecture).size),
      ...objective.signature,
      ...(rehearsal && examplesSignature(replicates, rehearsal)),
    },
    fn: (inputs) => {
      const { loss, outputs } = objective.of(inputs);
      const all = (matrices: Matrices): tf.Tensor1D =>
        rehearsal === undefined ? loss(matrices) : loss(matrices).add(examplesLoss(architecture, inputs)(matrices));
      return { ...update(architecture, inputs, all, options), ...outputs };
    },
  };
}

/** One supervised step of R networks. Extra inputs: those of `examplesOf`. */
export function languageStep(
  architecture: Architecture,
  options: AdamOptions,
  { replicates, ...shape }: ExamplesShape & { readonly replicates: number },
): Compilable {
  return trainingStep(architecture, options, replicates, {
    signature: examplesSignature(replicates, shape),
    of: (inputs) => ({ loss: examplesLoss(architecture, inputs) }),
  });
}
