import type * as tf from '@tensorflow/tfjs';
import { canonical } from '../core/canonical.ts';
import { InvariantError } from '../core/errors.ts';
import { floats, type TensorFunction } from '../engine/engine.ts';
import type { Programs } from '../engine/programs.ts';
import { graftedLogProbabilities } from '../model/grafted.ts';
import type { Rows } from '../model/inference.ts';
import { type Architecture, layoutOf, unpack } from '../model/parameters.ts';

/** Sequences in one run of the program. */
const PIECE = 128;

/** A base and what was made of it, each [P], and at which of the positions of a sequence the tuned weights work, [L - 1]. */
export interface Grafted {
  readonly base: Float32Array;
  readonly tuned: Float32Array;
  readonly where: readonly boolean[];
}

/**
 * As `nextTokenLogProbabilities`, of a network with tuned weights at some positions and base weights at the others: float32 [B, last,
 * V] in nats, after the `last` of the first L - 1 tokens of sequences [B, L]. See `graftedLogProbabilities`.
 */
export async function nextTokenOfGraft(
  programs: Programs,
  architecture: Architecture,
  { base, tuned, where }: Grafted,
  sequences: Rows,
  last: number,
): Promise<Float32Array> {
  const { size } = sequences;
  const L = sequences.tokens.length / size;
  const T = L - 1;
  if (where.length !== T) throw new InvariantError(`${where.length} positions of ${T} are grafted or not`);
  const layout = layoutOf(architecture);
  if (base.length !== layout.size || tuned.length !== layout.size)
    throw new InvariantError(`networks of ${base.length} and ${tuned.length} parameters for one of ${layout.size}`);
  const batch = Math.min(size, PIECE);
  const fn: TensorFunction = (inputs) => {
    const [of, to] = ['base', 'tuned'].map((name) => unpack(layout, inputs[name] as tf.Tensor2D));
    const graft = { base: of!, tuned: to!, where: inputs['where'] as tf.Tensor1D };
    return { out: graftedLogProbabilities(architecture, graft, inputs['tokens'] as tf.Tensor3D, last) };
  };
  const program = await programs.get(canonical(['grafted', architecture, batch, T, last]), () => ({
    fn,
    signature: {
      base: { shape: [1, layout.size], dtype: 'float32' },
      tuned: { shape: [1, layout.size], dtype: 'float32' },
      where: { shape: [T], dtype: 'float32' },
      tokens: { shape: [1, batch, T], dtype: 'int32' },
    },
  }));
  const rowSize = last * architecture.vocabulary;
  const all = new Float32Array(size * rowSize);
  for (let start = 0; start < size; start += batch) {
    // The last piece is filled up with its own first row.
    const rows = Math.min(batch, size - start);
    const tokens = new Int32Array(batch * T);
    for (let i = 0; i < batch; i++) {
      const from = (start + (i < rows ? i : 0)) * L;
      tokens.set(sequences.tokens.subarray(from, from + T), i * T);
    }
    const out = floats(await program.run({ base, tuned, where: Float32Array.from(where, Number), tokens }), 'out');
    all.set(out.subarray(0, rows * rowSize), start * rowSize);
  }
  return all;
}
