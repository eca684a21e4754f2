import type * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stream } from '../core/rng.ts';
import { Programs } from '../engine/programs.ts';
import { everyEngine, relative } from '../engine/usable.test.helper.ts';
import { graftedLogProbabilities } from './grafted.ts';
import { logProbabilities } from './loss.ts';
import { type Architecture, initialParameters, layoutOf, unpack } from './parameters.ts';

const architecture: Architecture = { vocabulary: 7, context: 6, width: 8, layers: 2, heads: 2, feedForward: 2 };
const layout = layoutOf(architecture);
const network = (seed: number): Float32Array => initialParameters(layout, stream(seed, 'graft')).map((x) => 4 * x);
const [base, tuned] = [network(1), network(2)];
const [B, T, last] = [3, 5, 2];
const rng = stream(3, 'tokens');
const tokens = Int32Array.from({ length: B * T }, () => rng.integer(architecture.vocabulary));

/** The matrix of a slot of one network, row by row. */
function rowsOf(parameters: Float32Array, name: string): number[][] {
  const { shape, offset } = layout.slots.find((slot) => slot.name === name) as (typeof layout.slots)[number];
  const [rows, columns] = shape;
  return Array.from({ length: rows }, (_, i) => [
    ...parameters.subarray(offset + i * columns, offset + (i + 1) * columns),
  ]);
}
const times = (x: number[], matrix: number[][]): number[] =>
  (matrix[0] as number[]).map((_, j) => x.reduce((sum, value, i) => sum + value * (matrix[i]?.[j] as number), 0));
const plus = (a: number[], b: number[]): number[] => a.map((x, i) => x + (b[i] as number));
const normal = (x: number[]): number[] => {
  const rms = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length + 1e-5);
  return x.map((value) => value / rms);
};
function softmax(x: number[]): number[] {
  const powers = x.map((value) => Math.exp(value - Math.max(...x)));
  const sum = powers.reduce((total, value) => total + value, 0);
  return powers.map((value) => value / sum);
}

/** log p at every position of one sequence, position by position, head by head, each position by its own network. */
function plainly(text: readonly number[], where: readonly boolean[]): number[][] {
  const of = (t: number, name: string): number[][] => rowsOf(where[t] === true ? tuned : base, name);
  const { heads, layers, width } = architecture;
  const depth = width / heads;
  let x = text.map((token, t) => plus(of(t, 'embed.token')[token] as number[], of(t, 'embed.position')[t] as number[]));
  for (let layer = 0; layer < layers; layer++) {
    const seen = x.map((row, t) =>
      ['query', 'key', 'value'].map((name) => times(normal(row), of(t, `${layer}.${name}`))),
    );
    x = x.map((row, t) => {
      const attended = Array.from({ length: heads }, (_, h) => {
        const cut = (values: number[] | undefined): number[] => (values as number[]).slice(h * depth, (h + 1) * depth);
        const scores = seen.slice(0, t + 1).map(([, key]) => {
          const q = cut(seen[t]?.[0]);
          return cut(key).reduce((sum, value, i) => sum + value * (q[i] as number), 0) / Math.sqrt(depth);
        });
        const weights = softmax(scores);
        return cut(seen[0]?.[2]).map((_, i) =>
          weights.reduce((sum, weight, s) => sum + weight * (cut(seen[s]?.[2])[i] as number), 0),
        );
      }).flat();
      const after = plus(row, times(attended, of(t, `${layer}.out`)));
      const hidden = times(normal(after), of(t, `${layer}.up`)).map((value) => Math.max(0, value));
      return plus(after, times(hidden, of(t, `${layer}.down`)));
    });
  }
  return x.map((row, t) => softmax(times(normal(row), of(t, 'unembed'))).map(Math.log));
}

const { usable } = await everyEngine();
test.each(
  usable.map((engine) => [engine.id, engine] as const),
)('on %s tuned weights everywhere are the tuned network to the bit, nowhere the base, and between a plain loop', async (_, engine) => {
  const programs = new Programs(engine);
  const flat = { shape: [1, layout.size], dtype: 'float32' } as const;
  const rows = { shape: [1, B, T], dtype: 'int32' } as const;
  const grafted = await programs.get('grafted', () => ({
    fn: (inputs) => {
      const [of, to] = ['base', 'tuned'].map((name) => unpack(layout, inputs[name] as tf.Tensor2D));
      const graft = { base: of!, tuned: to!, where: inputs['where'] as tf.Tensor1D };
      return { out: graftedLogProbabilities(architecture, graft, inputs['tokens'] as tf.Tensor3D, last) };
    },
    signature: { base: flat, tuned: flat, where: { shape: [T], dtype: 'float32' }, tokens: rows },
  }));
  const plain = await programs.get('plain', () => ({
    fn: (inputs) => {
      const matrices = unpack(layout, inputs['parameters'] as tf.Tensor2D);
      return { out: logProbabilities(architecture, matrices, inputs['tokens'] as tf.Tensor3D, last) };
    },
    signature: { parameters: flat, tokens: rows },
  }));
  const at = async (where: readonly boolean[]): Promise<Float32Array> =>
    (await grafted.run({ base, tuned, where: Float32Array.from(where, Number), tokens }))['out'] as Float32Array;
  const of = async (parameters: Float32Array): Promise<Float32Array> =>
    (await plain.run({ parameters, tokens }))['out'] as Float32Array;
  expect(await at(new Array<boolean>(T).fill(true))).toEqual(await of(tuned));
  expect(await at(new Array<boolean>(T).fill(false))).toEqual(await of(base));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: T, maxLength: T }), async (where) => {
      const expected = Array.from({ length: B }, (_, b) =>
        plainly([...tokens.subarray(b * T, (b + 1) * T)], where).slice(T - last),
      ).flat(2);
      expect(relative(await at(where), expected)).toBeLessThan(1e-5);
    }),
    { seed: 1, numRuns: 12 },
  );
  await programs.dispose();
});
