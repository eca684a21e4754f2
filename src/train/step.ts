import * as tf from '@tensorflow/tfjs';
import type { Signature, Tensors } from '../engine/engine.ts';
import type { Compilable } from '../engine/programs.ts';
import { distanceFromBase, type Examples, languageLoss } from '../model/loss.ts';
import { type Architecture, type Layout, layoutOf, type Matrices, pack, unpack } from '../model/parameters.ts';
import { type AdamOptions, adamStep } from './adam.ts';
import { carrierSize, changeByCarrier, gradientOnCarrier } from './carrier.ts';

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
 * its own parameters only), then Adam, of the low-rank change alone where there is a carrier, of the masked weights alone where
 * there is a mask. Outputs: parameters, first, second [R, P]; loss, norm [R], that of the gradient which is followed.
 */
function update(architecture: Architecture, inputs: Tensors, loss: Loss, options: AdamOptions): tf.NamedTensorMap {
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
  const step: OneStep = (parameters, gradient) =>
    adamStep(
      { parameters, first: inputs['first'] as tf.Tensor2D, second: inputs['second'] as tf.Tensor2D },
      gradient,
      inputs['rate'] as tf.Tensor1D,
      { first: inputs['correction1'] as tf.Tensor1D, second: inputs['correction2'] as tf.Tensor1D },
      options,
    );
  const carrier = inputs['carrier'] as tf.Tensor2D | undefined;
  const mask = inputs['mask'] as tf.Tensor2D | undefined;
  const after = carrier
    ? carriedStep(layout, flat, gradients, carrier, step)
    : mask
      ? maskedStep(flat, pack(layout, gradients), mask, step)
      : step(flat, pack(layout, gradients));
  const [kept] = losses as [tf.Tensor1D];
  const each = kept.clone();
  kept.dispose();
  return { ...after, loss: each };
}

/** Adam's step from parameters [R, P] along a gradient [R, P]. */
type OneStep = (parameters: tf.Tensor2D, gradient: tf.Tensor2D) => ReturnType<typeof adamStep>;

/** A step of the trained side of the low-rank change, and the parameters that it leads to; see `drawCarrier`. */
function carriedStep(
  layout: Layout,
  flat: tf.Tensor2D,
  gradients: readonly tf.Tensor[],
  carrier: tf.Tensor2D,
  step: OneStep,
): ReturnType<OneStep> {
  // From zero: what comes out is the change.
  const { parameters: change, ...after } = step(tf.zerosLike(flat), gradientOnCarrier(layout, gradients, carrier));
  return { ...after, parameters: flat.add(changeByCarrier(layout, unpack(layout, change), carrier)) };
}

/** A step of the weights alone at which the mask [R, P] is 1; where it is 0 they stay to the bit, whatever Adam does to weights. */
function maskedStep(flat: tf.Tensor2D, gradient: tf.Tensor2D, mask: tf.Tensor2D, step: OneStep): ReturnType<OneStep> {
  const { parameters, ...after } = step(flat, gradient.mul(mask));
  return { ...after, parameters: parameters.mul<tf.Tensor2D>(mask).add(flat.mul(tf.sub(1, mask))) };
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

/** A loss [R] of networks by their matrices. */
type Loss = (matrices: Matrices) => tf.Tensor1D;

/** The loss on what `examplesOf` feeds. */
function examplesLoss(architecture: Architecture, inputs: Tensors): Loss {
  const { tokens, rows, targets, weights, places } = inputs as unknown as Examples;
  return (matrices) => languageLoss(architecture, matrices, { tokens, rows, targets, weights, places });
}

/** What a training step lowers, beside rehearsal. */
export interface Objective {
  /** The inputs that it takes beside those of every step. */
  readonly signature: Signature;
  /** From the inputs to the loss [R] as a function of the matrices; whatever is made outside of that function has no gradient. */
  readonly of: (inputs: Tensors) => {
    readonly loss: Loss;
    /** What the step gives beside the loss. */
    readonly outputs?: Tensors;
  };
}

/** What there is beside the objective of a step, each part where it is not absent. */
export interface Beside {
  /** The loss of rehearsal, on what `examplesOf` feeds. */
  readonly rehearsal?: ExamplesShape | undefined;
  /** The distance from the base, input base [R, P], on what `examplesOf` feeds under names that `nearNamed` makes. */
  readonly near?: ExamplesShape | undefined;
  /** The rank of the change, whose fixed sides are the input carrier [R, `carrierSize`]; every weight is free where absent. */
  readonly rank?: number | undefined;
  /** Whether the input mask [R, P] says which weights are trained; every weight is free where absent. Not together with `rank`. */
  readonly masked?: true | undefined;
}

/** Each value under the name that it has among the inputs where it is of the sequences near the base. */
export function nearNamed<T>(values: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`near_${name}`, value]));
}

/** The weighted distance from the base, see `Beside`. */
function nearLoss(architecture: Architecture, inputs: Tensors): Loss {
  const of = (name: string): tf.Tensor => inputs[`near_${name}`] as tf.Tensor;
  const [tokens, rows, weights, places] = ['tokens', 'rows', 'weights', 'places'].map(of);
  const base = unpack(layoutOf(architecture), inputs['base'] as tf.Tensor2D);
  return distanceFromBase(architecture, base, { tokens, rows, weights, places } as unknown as Examples);
}

/** One step of R networks that lowers an objective, and what there is beside it. */
export function trainingStep(
  architecture: Architecture,
  options: AdamOptions,
  replicates: number,
  objective: Objective,
  { rehearsal, near, rank, masked }: Beside = {},
): Compilable {
  const layout = layoutOf(architecture);
  const { size } = layout;
  return {
    keep: STATE,
    signature: {
      ...learnerSignature(replicates, size),
      ...objective.signature,
      ...(rehearsal && examplesSignature(replicates, rehearsal)),
      ...(near && {
        ...nearNamed(examplesSignature(replicates, near)),
        base: { shape: [replicates, size], dtype: 'float32' },
      }),
      ...(masked && { mask: { shape: [replicates, size], dtype: 'float32' } }),
      ...(rank !== undefined && { carrier: { shape: [replicates, carrierSize(layout, rank)], dtype: 'float32' } }),
    },
    fn: (inputs) => {
      const { loss, outputs } = objective.of(inputs);
      const losses = [
        loss,
        ...(rehearsal ? [examplesLoss(architecture, inputs)] : []),
        ...(near ? [nearLoss(architecture, inputs)] : []),
      ];
      const all: Loss = (matrices) => losses.map((each) => each(matrices)).reduce((sum, each) => sum.add(each));
      return { ...update(architecture, inputs, all, options), ...outputs };
    },
  };
}

/** One supervised step of R networks. Extra inputs: those of `examplesOf`, and those of what there is beside. */
export function languageStep(
  architecture: Architecture,
  options: AdamOptions,
  { replicates, ...shape }: ExamplesShape & { readonly replicates: number },
  beside: Beside = {},
): Compilable {
  const objective: Objective = {
    signature: examplesSignature(replicates, shape),
    of: (inputs) => ({ loss: examplesLoss(architecture, inputs) }),
  };
  return trainingStep(architecture, options, replicates, objective, beside);
}
