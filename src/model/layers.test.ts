import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Rng, stream } from '../core/rng.ts';
import { relative } from '../engine/usable.test.helper.ts';
import { attention } from './attention.ts';
import { crossEntropy, embed, lastPositions, pick, rmsNorm } from './layers.ts';

// Each layer with a gradient of its own against the same thing in plain operations, differentiated by TensorFlow.js.

tf.enableProdMode();
await tf.setBackend('cpu');

const shapes = fc.record({
  R: fc.integer({ min: 1, max: 3 }),
  B: fc.integer({ min: 1, max: 3 }),
  T: fc.integer({ min: 1, max: 5 }),
  heads: fc.integer({ min: 1, max: 3 }),
  depth: fc.integer({ min: 1, max: 4 }),
  seed: fc.nat(1000),
});
type Shape = typeof shapes extends fc.Arbitrary<infer S> ? S : never;

const normals = (rng: Rng, shape: number[], scale = 1): tf.Tensor =>
  tf.tensor(
    Array.from({ length: tf.util.sizeFromShape(shape) }, () => scale * rng.normal()),
    shape,
  );
const indices = (rng: Rng, shape: number[], below: number): tf.Tensor =>
  tf.tensor(
    Array.from({ length: tf.util.sizeFromShape(shape) }, () => Math.floor(rng.uniform() * below)),
    shape,
    'int32',
  );

/** Whether two functions of x have the same values, and the same gradients of sums with random weights. */
function same(x: tf.Tensor, rng: Rng, ours: (x: tf.Tensor) => tf.Tensor, plain: (x: tf.Tensor) => tf.Tensor): void {
  const [a, b] = [ours(x), plain(x)];
  expect(a.shape).toEqual(b.shape);
  expect(relative(a.dataSync(), b.dataSync())).toBeLessThan(1e-5);
  const weights = normals(rng, b.shape);
  const gradient = (of: (x: tf.Tensor) => tf.Tensor): tf.Tensor => tf.grad((at) => of(at).mul(weights).sum())(x);
  const [da, db] = [gradient(ours), gradient(plain)];
  // A row of one position has no gradient at all: then both must be rounding noise.
  const noise = 1e-6 * Math.sqrt(x.size);
  const difference = da.sub(db).square().sum().sqrt().dataSync()[0] as number;
  const size = db.square().sum().sqrt().dataSync()[0] as number;
  expect(difference).toBeLessThan(1e-4 * size + noise);
}

const check = (property: (shape: Shape, rng: Rng) => void): void =>
  fc.assert(
    fc.property(shapes, (shape) => {
      tf.tidy(() => property(shape, stream(shape.seed, 'layers')));
    }),
    { seed: 1, numRuns: 40 },
  );

/** Causal attention as it is written in textbooks, over [R, T B, 3 D] with rows by position first. */
const textbook = (x: tf.Tensor, { R, B, T, heads, depth }: Shape): tf.Tensor => {
  const [q, k, v] = tf
    .split(x, 3, 2)
    .map((part) => part.reshape([R, T, B, heads, depth]).transpose([0, 2, 3, 1, 4])) as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ];
  const hidden = Array.from({ length: T }, (_, i) => Array.from({ length: T }, (_, j) => (j <= i ? 0 : -1e9)));
  const logits = tf
    .matMul(q, k, false, true)
    .div(Math.sqrt(depth))
    .add(tf.tensor2d(hidden, [T, T]));
  return tf
    .matMul(tf.softmax(logits), v)
    .transpose([0, 3, 1, 2, 4])
    .reshape([R, T * B, heads * depth]);
};

test('attention is causal softmax attention', () =>
  check((shape, rng) => {
    const { R, B, T, heads, depth } = shape;
    const x = normals(rng, [R, T * B, 3 * heads * depth]);
    same(
      x,
      rng,
      (at) => attention(at as tf.Tensor3D, B, heads, undefined),
      (at) => textbook(at, shape),
    );
  }));

test('attention logits count up to 60 either way, and saturate beyond', () =>
  tf.tidy(() => {
    // One head of depth 1 over two positions: the second position's logits are its query times the keys.
    const weightOfFirst = (query: number, keys: [number, number]): number => {
      const rows = tf.tensor3d([0, keys[0], 1, query, keys[1], 0], [1, 2, 3]);
      return attention(rows, 1, 1, undefined).dataSync()[1] as number;
    };
    const softmax = (a: number, b: number): number => 1 / (1 + Math.exp(b - a));
    expect(weightOfFirst(1, [59, 58])).toBeCloseTo(softmax(59, 58), 5);
    expect(weightOfFirst(1, [-59, -58])).toBeCloseTo(softmax(-59, -58), 5);
    expect(weightOfFirst(1, [60, -60])).toBeCloseTo(1, 6);
    expect(weightOfFirst(1, [100, 80])).toBeCloseTo(0.5, 6);
  }));

test('normalisation is x over its root mean square', () =>
  check(({ R, T, depth }, rng) => {
    const x = normals(rng, [R, T, depth]);
    same(x, rng, rmsNorm, (at) => at.div(at.square().mean(-1, true).add(1e-5).sqrt()));
  }));

test('an embedding is a product with one-hot rows', () =>
  check(({ R, B, T, depth }, rng) => {
    const tokens = indices(rng, [R, B * T], 4) as tf.Tensor2D;
    same(
      normals(rng, [R, 4, depth]),
      rng,
      (table) => embed(table as tf.Tensor3D, tokens),
      (table) => tf.matMul(tf.oneHot(tokens, 4) as tf.Tensor3D, table as tf.Tensor3D),
    );
  }));

test('the last positions of every sequence are picked, sequence by sequence', () =>
  check(({ R, B, T, depth }, rng) => {
    const m = Math.ceil(T / 2);
    same(
      normals(rng, [R, T * B, depth]),
      rng,
      (x) => pick(x as tf.Tensor3D, lastPositions(R, B, T, m)),
      (x) =>
        x
          .reshape([R, T, B, depth])
          .slice([0, T - m, 0, 0], [R, m, B, depth])
          .transpose([0, 2, 1, 3])
          .reshape([R, B * m, depth]),
    );
  }));

test('cross-entropy is minus the log-softmax of the target', () =>
  check(({ R, T, depth }, rng) => {
    const V = depth + 1;
    const targets = indices(rng, [R, T], V) as tf.Tensor2D;
    same(
      normals(rng, [R, T, V], 3),
      rng,
      (logits) => crossEntropy(logits as tf.Tensor3D, targets),
      (logits) => tf.oneHot(targets, V).mul(tf.logSoftmax(logits)).sum(-1).neg(),
    );
  }));
