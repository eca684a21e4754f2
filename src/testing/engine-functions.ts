import * as tf from '@tensorflow/tfjs';
import type { TensorFunction } from '../engine/engine.ts';

/** A function of x [2, n, m] that engines are compared on. */
export interface Compared {
  readonly name: string;
  readonly of: (x: tf.Tensor3D) => tf.Tensor;
  /** The least n and m: some functions need two of everything, the others see axes of extent 1 as well. */
  readonly least: number;
  /** Whether its gradient is compared, too. The others stand in forward passes and in written-out gradients only. */
  readonly gradient: boolean;
}

const functions: Record<string, (x: tf.Tensor3D) => tf.Tensor> = {
  arithmetic: (x) => x.add(2).mul(x).sub(x.mean(-1, true)).div(x.square().add(1)).neg(),
  constants: (x) =>
    x
      .mul(tf.ones([1, 1, 1]))
      .add(tf.zerosLike(x))
      .add(tf.fill(x.shape, 0.5))
      .sub(tf.onesLike(x)),
  elementary: (x) => x.exp().add(1).log().add(x.square().add(1).sqrt()).add(x.square().add(1).rsqrt()),
  power: (x) => x.square().add(1).pow(1.5),
  extremes: (x) => tf.maximum(x, 0.1).add(tf.minimum(x, 0.2)).add(x.max(-1, true)),
  steps: (x) => x.relu().add(x.step()).add(x.step(0.5)),
  softmaxes: (x) => x.softmax().add(x.logSoftmax()),
  reductions: (x) => x.sum([0, 2]).concat(x.mean(1).flatten()).concat(x.max(2).flatten()),
  products: (x) =>
    x
      .matMul(x, false, true)
      .matMul(x)
      .add(x.matMul(x.transpose([0, 2, 1]).matMul(x))),
  shapes: (x) =>
    tf
      .concat(tf.split(x, [1, x.shape[2] - 1], 2).reverse(), 2)
      .transpose([2, 0, 1])
      .expandDims(0),
  tiles: (x) =>
    x.tile([1, 2, 1]).pad([
      [0, 0],
      [1, 0],
      [0, 2],
    ]),
  slices: (x) => x.slice([0, 1, 0], [2, x.shape[1] - 1, 1]).reshape([-1]),
  sums: (x) => tf.addN([x, x.square(), x.mul(0.5)]),
  clips: (x) => x.clipByValue(-0.5, 0.7),
  'lookups of rows': (x) => tf.gather(x, tf.tensor1d([1, 0, 1], 'int32'), 0),
  logic: (x) =>
    tf
      .logicalAnd(x.less(0.3), x.lessEqual(tf.zerosLike(x)))
      .cast('float32')
      .add(x.greaterEqual(0.1).cast('float32')),
  'unit axes': (x) => x.expandDims(1).transpose([3, 1, 0, 2]).reshape([-1, 1, x.shape[1]]).transpose([2, 0, 1]),
  lookups: (x) => tf.gather(x, x.argMax(-1).flatten().greater(tf.scalar(0, 'int32')).cast('int32'), 1),
  indices: (x) => tf.oneHot(x.argMax(-1), x.shape[2], 2, -1).mul(x),
};

/** Their own gradients need kernels that no engine has to have. */
const FORWARD_ONLY: readonly string[] = ['clips', 'lookups', 'lookups of rows', 'logic'];
const OF_TWO: readonly string[] = ['shapes', 'slices', 'lookups', 'lookups of rows', 'indices'];

/** What the programs of this project are made of: every kind of operation, with its gradient. */
export const comparedFunctions: readonly Compared[] = Object.entries(functions).map(([name, of]) => ({
  ...{ name, of, least: OF_TWO.includes(name) ? 2 : 1, gradient: !FORWARD_ONLY.includes(name) },
}));

/** A function with the gradient of sum(y (y + 0.3)) of its values y. */
export const withGradient =
  ({ of, gradient }: Compared): TensorFunction =>
  ({ x }) => {
    const input = x as tf.Tensor3D;
    const weighted = (at: tf.Tensor): tf.Scalar => {
      const y = of(at as tf.Tensor3D);
      return y.mul(y.add(0.3)).sum();
    };
    return { value: of(input), ...(gradient && { gradient: tf.grad(weighted)(input) }) };
  };
