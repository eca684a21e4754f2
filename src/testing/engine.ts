import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { InvariantError } from '../core/errors.ts';
import { stream } from '../core/rng.ts';
import {
  type Engine,
  type EngineModule,
  type Feed,
  type Feeds,
  isHeld,
  type Signature,
  type TensorFunction,
  type Values,
  valuesOf,
} from '../engine/engine.ts';
import { tfjsCpu } from '../engine/engines/tfjs-cpu.ts';
import { loadEngine } from '../engine/select.ts';
import { comparedFunctions, withGradient } from './engine-functions.ts';

/** Extents n and m of what functions of x [2, n, m] are compared on, and the seeds of its numbers. */
const EXTENTS = [
  [1, 1],
  [1, 4],
  [3, 1],
  [2, 2],
  [5, 6],
  [4, 3],
] as const;

/** How far engines may be apart, relative to the largest magnitude of the reference: rounding of float32, many times over. */
const ROUNDING = 1e-5;

const pair: Signature = { x: { shape: [2], dtype: 'float32' } };
const doubled: TensorFunction = ({ x }) => ({ y: (x as tf.Tensor).mul(2) });

/**
 * Registers the tests that every engine must pass: the numbers and gradients of tfjs:cpu within rounding, the same bits every
 * time, feeds that are checked, outputs that are kept until they are disposed of, and no tensor left behind. They fail where the
 * engine cannot be used.
 */
export function engineContract(module: EngineModule): void {
  describe(`the engine ${module.id}`, () => {
    let engine: Engine;
    let reference: Engine;
    beforeAll(async () => {
      reference = await loadEngine(tfjsCpu);
      engine = await loadEngine(module);
    });

    test('says what it is, needs and suits', () => {
      const { file, needs, howToGet, replicates, processes } = module;
      expect(existsSync(fileURLToPath(file))).toBe(true);
      expect([needs, howToGet, engine.device].every((text) => text.trim() !== '')).toBe(true);
      for (const count of [replicates, processes === 'one a core' ? 1 : processes]) {
        expect(Number.isInteger(count)).toBe(true);
        expect(count).toBeGreaterThanOrEqual(1);
      }
    });

    test.each(comparedFunctions)('agrees with tfjs:cpu: $name', async (compared) => {
      for (const [seed, [n, m]] of EXTENTS.entries()) {
        if (Math.min(n, m) < compared.least) continue;
        const rng = stream(seed, 'parity', compared.name);
        const feeds = { x: Float32Array.from({ length: 2 * n * m }, () => rng.normal()) };
        const signature: Signature = { x: { shape: [2, n, m], dtype: 'float32' } };
        const fn = withGradient(compared);
        const [ours, theirs] = [await once(engine, fn, signature, feeds), await once(reference, fn, signature, feeds)];
        expect(Object.keys(ours)).toEqual(Object.keys(theirs));
        for (const [name, want] of Object.entries(theirs))
          expect(farthest(ours[name] as Values, want), `${name} of [2, ${n}, ${m}]`).toBeLessThan(ROUNDING);
      }
    });

    test('gives the same bits every time, in one program and in two', async () => {
      const x = Float32Array.from({ length: 60 }, (_, i) => Math.sin(i + 1));
      const signature: Signature = { x: { shape: [2, 5, 6], dtype: 'float32' } };
      for (const compared of comparedFunctions) {
        const program = await engine.compile(withGradient(compared), signature);
        const first = await program.run({ x });
        expect(await program.run({ x })).toEqual(first);
        await program.dispose();
        expect(await once(engine, withGradient(compared), signature, { x })).toEqual(first);
      }
    });

    test('checks feeds by name, type and size', async () => {
      const program = await engine.compile(doubled, pair);
      const x = Float32Array.of(1, 2);
      expect(await program.run({ x })).toEqual({ y: Float32Array.of(2, 4) });
      await expect(program.run({})).rejects.toThrow(/'x': expected float32 \[2\], got nothing/);
      await expect(program.run({ x: Float32Array.of(1) })).rejects.toThrow(InvariantError);
      await expect(program.run({ x: Int32Array.of(1, 2) })).rejects.toThrow(InvariantError);
      await expect(program.run({ x, z: Float32Array.of(1) })).rejects.toThrow(/'z' is not an input/);
      await program.dispose();
    });

    test('takes and gives integers', async () => {
      const fn: TensorFunction = ({ i }) => ({ i: i as tf.Tensor, hot: tf.oneHot(i as tf.Tensor1D, 3, 1, 0) });
      const outputs = await once(engine, fn, { i: { shape: [2], dtype: 'int32' } }, { i: Int32Array.of(2, 0) });
      expect(outputs['i']).toEqual(Int32Array.of(2, 0));
      expect([...(outputs['hot'] as Values)]).toEqual([0, 0, 1, 1, 0, 0]);
    });

    test('an output may be an input, a constant, or the same as another', async () => {
      const fn: TensorFunction = ({ x }) => {
        const y = (x as tf.Tensor).mul(2);
        return { x: x as tf.Tensor, one: tf.ones([2]), y, again: y.reshape([2]), more: y.add(1) };
      };
      const [x, y] = [Float32Array.of(1, 2), Float32Array.of(2, 4)];
      const outputs = { x, one: Float32Array.of(1, 1), y, again: y, more: Float32Array.of(3, 5) };
      expect(await once(engine, fn, pair, { x })).toEqual(outputs);
    });

    test('what is kept can be fed and read until it is disposed of, and holds its numbers', async () => {
      const program = await engine.compile(doubled, pair, ['y']);
      const y = async (x: Feed): Promise<Feed> => (await program.run({ x }))['y'] as Feed;
      const first = await y(Float32Array.of(1, 2));
      const second = await y(first);
      expect([await valuesOf(first), await valuesOf(second)]).toEqual([Float32Array.of(2, 4), Float32Array.of(4, 8)]);
      if (!isHeld(first) || !isHeld(second)) return;
      first.dispose();
      first.dispose();
      await expect(first.read()).rejects.toThrow(/disposed/);
      await expect(y(first)).rejects.toThrow(/disposed/);
      const [third, fourth] = [await y(second), await y(second)];
      expect([await valuesOf(second), await valuesOf(third), await valuesOf(fourth)]).toEqual([
        Float32Array.of(4, 8),
        Float32Array.of(8, 16),
        Float32Array.of(8, 16),
      ]);
    });

    test('what one engine holds no other takes', async () => {
      const one = await engine.compile(doubled, pair, ['y']);
      const other = await reference.compile(doubled, pair, ['y']);
      const x = Float32Array.of(1, 2);
      const ours = (await one.run({ x }))['y'] as Feed;
      const theirs = (await other.run({ x }))['y'] as Feed;
      const foreign = module.id !== tfjsCpu.id;
      if (foreign && isHeld(ours)) await expect(other.run({ x: ours })).rejects.toThrow(/held by another engine/);
      if (foreign) await expect(one.run({ x: theirs })).rejects.toThrow(/held by another engine/);
      expect([await valuesOf(ours), await valuesOf(theirs)]).toEqual([Float32Array.of(2, 4), Float32Array.of(2, 4)]);
      for (const held of [ours, theirs]) if (isHeld(held)) held.dispose();
    });

    test('leaves no tensor behind, and one program disposed of leaves the others', async () => {
      const train: TensorFunction = ({ x }) => ({ y: tf.grad((at) => at.softmax().square().sum())(x as tf.Tensor) });
      const x = Float32Array.of(1, 2);
      const [program, other] = [await engine.compile(train, pair, ['y']), await engine.compile(doubled, pair)];
      const run = async (): Promise<void> => {
        const y = (await program.run({ x }))['y'] as Feed;
        if (isHeld(y)) y.dispose();
      };
      await run();
      const before = tf.memory().numTensors;
      for (let i = 0; i < 5; i++) await run();
      expect(tf.memory().numTensors).toBe(before);
      await program.dispose();
      expect(await other.run({ x })).toEqual({ y: Float32Array.of(2, 4) });
      await other.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}

/** The outputs of a function that is compiled, run once and disposed of. */
async function once(engine: Engine, fn: TensorFunction, signature: Signature, feeds: Feeds): Promise<Feeds> {
  const program = await engine.compile(fn, signature);
  const outputs = await program.run(feeds);
  await program.dispose();
  return outputs;
}

/** The largest difference of two outputs, relative to the largest magnitude of the second; infinite where a number is not finite. */
function farthest(got: Values, want: Feed): number {
  if (isHeld(want) || got.length !== want.length) return Number.POSITIVE_INFINITY;
  if (![...got, ...want].every(Number.isFinite)) return Number.POSITIVE_INFINITY;
  const scale = Math.max(1e-6, ...Array.from(want, Math.abs));
  return Math.max(0, ...Array.from(want, (value, i) => Math.abs(value - (got[i] as number)) / scale));
}
