import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError, InvariantError } from '../core/errors.ts';
import { stream } from '../core/rng.ts';
import {
  type Engine,
  type Feed,
  type Feeds,
  isHeld,
  type Signature,
  type Spec,
  type TensorFunction,
  type Values,
  valuesOf,
} from './engine.ts';
import { engines } from './engines/index.ts';
import { onnxCpu } from './engines/onnx-cpu.ts';
import { tfjsCpu } from './engines/tfjs-cpu.ts';
import { engineNamed } from './named.ts';
import { lowerings } from './onnx/lowering.ts';
import type { Lowering } from './onnx/lowering-shapes.ts';
import { loadEngine } from './select.ts';
import { everyEngine } from './usable.test.helper.ts';

// Before any engine traces: which lowerings the tests below have used.
const used = new Set<string>();
const table = lowerings as Record<string, Lowering>;
for (const [kernel, lower] of Object.entries(table)) {
  table[kernel] = (...call) => {
    used.add(kernel);
    return lower(...call);
  };
}

const [onnx, reference] = await Promise.all([loadEngine(onnxCpu), loadEngine(tfjsCpu)]);

const { usable, refused } = await everyEngine();

/** The largest difference of two outputs, relative to the largest magnitude of the reference. */
async function gap(engine: Engine, fn: TensorFunction, signature: Signature, feeds: Feeds): Promise<number> {
  const [traced, eager] = [await engine.compile(fn, signature), await reference.compile(fn, signature)];
  const [a, b] = [await traced.run(feeds), await eager.run(feeds)] as Record<string, Values>[] as [
    Record<string, Values>,
    Record<string, Values>,
  ];
  await traced.dispose();
  expect(Object.keys(a)).toEqual(Object.keys(b));
  let worst = 0;
  for (const [name, want] of Object.entries(b)) {
    const got = a[name] as Values;
    expect(got.length).toBe(want.length);
    expect(want.every(Number.isFinite) && got.every(Number.isFinite)).toBe(true);
    const scale = Math.max(1e-6, ...Array.from(want, Math.abs));
    want.forEach((value, i) => {
      worst = Math.max(worst, Math.abs(value - (got[i] as number)) / scale);
    });
  }
  return worst;
}

/** Functions of x [2, n, m] that use each lowering, values and gradients. */
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

/** Used in forward passes and in written-out gradients only: their own gradients need kernels that no engine has to have. */
const forwardOnly = new Set(['clips', 'lookups', 'lookups of rows', 'logic']);

/** Some functions need two of everything; the others see axes of extent 1 as well. */
const leastOf = (name: string): number => (/shapes|slices|lookups|indices/.test(name) ? 2 : 1);

const compared = usable.filter(({ id }) => id !== 'tfjs:cpu');

test('the engines that need nothing beside npm compute here', () => {
  expect(usable.map(({ id }) => id)).toEqual(expect.arrayContaining(['onnx:cpu', 'tfjs:wasm', 'tfjs:cpu']));
  expect(usable.length + refused.length).toBe(engines.length);
});

test.each(refused)('$id is not tested here: it is refused with the reason and how to get it', ({ id, message }) => {
  expect(message).toMatch(
    new RegExp(`the engine ${id} cannot be used here[\\s\\S]*expected:[\\s\\S]*got:[\\s\\S]*to do:`),
  );
});

const cases = compared.flatMap((engine) => Object.keys(functions).map((name) => ({ id: engine.id, engine, name })));
test.each(cases)('$id agrees with tfjs:cpu on values and gradients: $name', async ({ engine, name }) => {
  const fn = functions[name] as (x: tf.Tensor3D) => tf.Tensor;
  const both: TensorFunction = ({ x }) => {
    const input = x as tf.Tensor3D;
    const weighted = (at: tf.Tensor): tf.Scalar => {
      const y = fn(at as tf.Tensor3D);
      return y.mul(y.add(0.3)).sum();
    };
    return { value: fn(input), ...(!forwardOnly.has(name) && { gradient: tf.grad(weighted)(input) }) };
  };
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: leastOf(name), max: 5 }),
      fc.integer({ min: leastOf(name), max: 6 }),
      fc.nat(1000),
      async (n, m, seed) => {
        const rng = stream(seed, 'parity', name);
        const x = Float32Array.from({ length: 2 * n * m }, () => rng.normal());
        expect(await gap(engine, both, { x: { shape: [2, n, m], dtype: 'float32' } }, { x })).toBeLessThan(1e-5);
      },
    ),
    { seed: 1, numRuns: 6 },
  );
});

const one: Signature = { x: { shape: [2], dtype: 'float32' } };

test('a kernel without a lowering is named when the function is compiled', async () => {
  await expect(onnx.compile(({ x }) => ({ y: (x as tf.Tensor).erf() }), one)).rejects.toThrow(
    /'Erf' cannot be lowered/,
  );
});

test('a function that reads values cannot be traced', async () => {
  const reads: TensorFunction = ({ x }) => ({ y: tf.scalar((x as tf.Tensor).dataSync()[0] as number) });
  await expect(onnx.compile(reads, one)).rejects.toThrow(/may not read/);
});

test('feeds are checked by name, type and size', async () => {
  const program = await onnx.compile(({ x }) => ({ y: (x as tf.Tensor).mul(2) }), one);
  expect(await program.run({ x: Float32Array.of(1, 2) })).toEqual({ y: Float32Array.of(2, 4) });
  await expect(program.run({})).rejects.toThrow(/'x': expected float32 \[2\], got nothing/);
  await expect(program.run({ x: Float32Array.of(1) })).rejects.toThrow(InvariantError);
  await expect(program.run({ x: Int32Array.of(1, 2) })).rejects.toThrow(InvariantError);
  await expect(program.run({ x: Float32Array.of(1, 2), z: Float32Array.of(1) })).rejects.toThrow(/'z' is not an input/);
});

test('an unknown engine is refused by name', () => {
  expect(engineNamed(engines, undefined)).toBe(onnxCpu);
  expect(engineNamed(engines, 'tfjs:cpu')).toBe(tfjsCpu);
  expect(() => engineNamed(engines, 'onnx:tpu')).toThrow(InputError);
  expect(() => engineNamed(engines, 'onnx:tpu')).toThrow(/onnx:cuda, onnx:webgpu, onnx:cpu.*tfjs:cpu/);
  expect(() => engineNamed([...engines, { ...tfjsCpu }], 'onnx:cpu')).toThrow(/'tfjs:cpu' twice/);
});

test.each(compared)('$id: an output may be an input, a constant, or the same as another', async (engine) => {
  const program = await engine.compile(({ x }) => {
    const y = (x as tf.Tensor).mul(2);
    return { x: x as tf.Tensor, one: tf.ones([2]), y, again: y.reshape([2]), more: y.add(1) };
  }, one);
  const [x, y] = [Float32Array.of(1, 2), Float32Array.of(2, 4)];
  const outputs = { x, one: Float32Array.of(1, 1), y, again: y, more: Float32Array.of(3, 5) };
  expect(await program.run({ x })).toEqual(outputs);
});

test.each(
  usable,
)('$id: what is kept can be fed and read until it is disposed of, and holds its numbers', async (engine) => {
  const program = await engine.compile(({ x }) => ({ y: (x as tf.Tensor).mul(2) }), { x: one['x'] as Spec }, ['y']);
  const first = (await program.run({ x: Float32Array.of(1, 2) }))['y'] as Feed;
  const second = (await program.run({ x: first }))['y'] as Feed;
  expect([await valuesOf(first), await valuesOf(second)]).toEqual([Float32Array.of(2, 4), Float32Array.of(4, 8)]);
  if (!isHeld(first) || !isHeld(second)) return;
  first.dispose();
  first.dispose();
  await expect(first.read()).rejects.toThrow(/disposed/);
  await expect(program.run({ x: first })).rejects.toThrow(/disposed/);
  const third = (await program.run({ x: second }))['y'] as Feed;
  const fourth = (await program.run({ x: second }))['y'] as Feed;
  expect([await valuesOf(second), await valuesOf(third), await valuesOf(fourth)]).toEqual([
    Float32Array.of(4, 8),
    Float32Array.of(8, 16),
    Float32Array.of(8, 16),
  ]);
  for (const other of usable.filter(({ id }) => id !== engine.id)) {
    const foreign = await other.compile(({ x }) => ({ y: (x as tf.Tensor).mul(2) }), one);
    await expect(foreign.run({ x: second })).rejects.toThrow(/held by another engine/);
  }
});

test('every lowering was used', () => {
  expect(Object.keys(lowerings).filter((kernel) => !used.has(kernel))).toEqual([]);
});
