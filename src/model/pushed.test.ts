import type * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stream } from '../core/rng.ts';
import { Programs } from '../engine/programs.ts';
import { everyEngine, relative } from '../engine/usable.test.helper.ts';
import { logProbabilities } from './loss.ts';
import { type Architecture, initialParameters, layoutOf, unpack } from './parameters.ts';
import { plainly } from './plain.test.helper.ts';
import { pushedLogProbabilities, streamBehind } from './pushed.ts';

const architecture: Architecture = { vocabulary: 7, context: 6, width: 8, layers: 2, heads: 2, feedForward: 2 };
const layout = layoutOf(architecture);
const parameters = initialParameters(layout, stream(1, 'push')).map((x) => 4 * x);
const [B, T, D, last] = [3, 5, architecture.width, 2];
const rng = stream(3, 'tokens');
const tokens = Int32Array.from({ length: B * T }, () => rng.integer(architecture.vocabulary));
const textOf = (b: number): number[] => [...tokens.subarray(b * T, (b + 1) * T)];
const flat = { shape: [1, layout.size], dtype: 'float32' } as const;
const rows = { shape: [1, B, T], dtype: 'int32' } as const;

const { usable } = await everyEngine();
test.each(
  usable.map((engine) => [engine.id, engine] as const),
)('on %s what is added to the stream does what it does in a plain loop, and zeros nothing to the bit', async (_, engine) => {
  const programs = new Programs(engine);
  const plain = await programs.get('plain', () => ({
    fn: (inputs) => {
      const matrices = unpack(layout, inputs['parameters'] as tf.Tensor2D);
      return { out: logProbabilities(architecture, matrices, inputs['tokens'] as tf.Tensor3D, last) };
    },
    signature: { parameters: flat, tokens: rows },
  }));
  for (const behind of [0, 1]) {
    const pushed = await programs.get(`pushed ${behind}`, () => ({
      fn: (inputs) => {
        const matrices = unpack(layout, inputs['parameters'] as tf.Tensor2D);
        const push = { behind, change: inputs['change'] as tf.Tensor3D };
        return { out: pushedLogProbabilities(architecture, matrices, push, inputs['tokens'] as tf.Tensor3D, last) };
      },
      signature: { parameters: flat, tokens: rows, change: { shape: [1, T, D], dtype: 'float32' } },
    }));
    const at = async (change: Float32Array): Promise<Float32Array> =>
      (await pushed.run({ parameters, tokens, change }))['out'] as Float32Array;
    expect(await at(new Float32Array(T * D))).toEqual((await plain.run({ parameters, tokens }))['out']);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: T - 1 }), fc.integer({ min: 0, max: 1000 }), async (spot, seed) => {
        const draw = stream(seed, 'change');
        const added = Array.from({ length: D }, () => Math.fround(draw.normal()));
        const change = new Float32Array(T * D);
        change.set(added, spot * D);
        const expected = Array.from({ length: B }, (_each, b) =>
          plainly(
            architecture,
            () => parameters,
            textOf(b),
            (x, layer) =>
              layer === behind ? x.map((row, t) => (t === spot ? row.map((value, i) => value + added[i]!) : row)) : x,
          ).slice(T - last),
        ).flat(2);
        expect(relative(await at(change), expected)).toBeLessThan(1e-5);
      }),
      { seed: 1, numRuns: 8 },
    );
  }
  await programs.dispose();
});

test.each(
  usable.map((engine) => [engine.id, engine] as const),
)('on %s the stream is that of a plain loop', async (_, engine) => {
  const programs = new Programs(engine);
  for (const behind of [0, 1]) {
    const program = await programs.get(`stream ${behind}`, () => ({
      fn: (inputs) => {
        const matrices = unpack(layout, inputs['parameters'] as tf.Tensor2D);
        return { out: streamBehind(architecture, matrices, behind, inputs['tokens'] as tf.Tensor3D) };
      },
      signature: { parameters: flat, tokens: rows },
    }));
    const out = (await program.run({ parameters, tokens }))['out'] as Float32Array;
    for (let b = 0; b < B; b++) {
      const seen: number[][][] = [];
      const keep = (x: number[][]): number[][] => {
        seen.push(x);
        return x;
      };
      plainly(architecture, () => parameters, textOf(b), keep);
      const own = Array.from({ length: T }, (_each, t) => [...out.subarray((t * B + b) * D, (t * B + b + 1) * D)]);
      expect(relative(Float32Array.from(own.flat()), (seen[behind] as number[][]).flat())).toBeLessThan(1e-5);
    }
  }
  await programs.dispose();
});

test('what nothing reads, and a network from which something is hidden, are refused', () => {
  const matrices = new Map();
  const push = { behind: 2, change: undefined as unknown as tf.Tensor3D };
  const sequences = { shape: [1, B, T] } as unknown as tf.Tensor3D;
  expect(() => pushedLogProbabilities(architecture, matrices, push, sequences, last)).toThrow(/behind 2 of 2 layers/);
});
