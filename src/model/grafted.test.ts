import type * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stream } from '../core/rng.ts';
import { Programs } from '../engine/programs.ts';
import { everyEngine, relative } from '../engine/usable.test.helper.ts';
import { graftedLogProbabilities } from './grafted.ts';
import { logProbabilities } from './loss.ts';
import { type Architecture, initialParameters, layoutOf, unpack } from './parameters.ts';
import { plainly } from './plain.test.helper.ts';

const architecture: Architecture = { vocabulary: 7, context: 6, width: 8, layers: 2, heads: 2, feedForward: 2 };
const layout = layoutOf(architecture);
const network = (seed: number): Float32Array => initialParameters(layout, stream(seed, 'graft')).map((x) => 4 * x);
const [base, tuned] = [network(1), network(2)];
const [B, T, last] = [3, 5, 2];
const rng = stream(3, 'tokens');
const tokens = Int32Array.from({ length: B * T }, () => rng.integer(architecture.vocabulary));

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
        plainly(architecture, (t) => (where[t] === true ? tuned : base), [...tokens.subarray(b * T, (b + 1) * T)]),
      )
        .map((each) => each.slice(T - last))
        .flat(2);
      expect(relative(await at(where), expected)).toBeLessThan(1e-5);
    }),
    { seed: 1, numRuns: 12 },
  );
  await programs.dispose();
});
