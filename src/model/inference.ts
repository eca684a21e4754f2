import * as tf from '@tensorflow/tfjs';
import { canonical } from '../core/canonical.ts';
import { InvariantError } from '../core/errors.ts';
import { type Feed, floats, integers, type Signature, type TensorFunction, type Values } from '../engine/engine.ts';
import type { Programs } from '../engine/programs.ts';
import { decode } from './decode.ts';
import { logProbabilities } from './loss.ts';
import { type Architecture, layoutOf, unpack } from './parameters.ts';

/** Sequences in one run of a program; longer inputs go through in pieces. */
const PIECE = 128;

/** Token rows [B, width], row-major. */
export interface Rows {
  readonly size: number;
  readonly tokens: Int32Array;
}

/** Greedy answers int32 [B, length] of the network `parameters` [P] to prompts [B, T]. */
export async function greedyAnswers(
  programs: Programs,
  architecture: Architecture,
  parameters: Float32Array,
  prompts: Rows,
  length: number,
): Promise<Int32Array> {
  const [answers] = await greedyAnswersOfEach(programs, architecture, parameters, [prompts], length);
  return answers as Int32Array;
}

/** Greedy answers int32 [B, length] of each of the networks `parameters` [R, P] to its own prompts [B, T]. */
export async function greedyAnswersOfEach(
  programs: Programs,
  architecture: Architecture,
  parameters: Feed,
  prompts: readonly Rows[],
  length: number,
): Promise<Int32Array[]> {
  const fn: TensorFunction = ({ parameters: flat, tokens }) => ({
    out: tf.concat(
      decode(architecture, unpack(layoutOf(architecture), flat as tf.Tensor2D), tokens as tf.Tensor3D, length),
      2,
    ),
  });
  const each = await inPieces(programs, ['greedy', architecture, length], fn, architecture, parameters, prompts);
  return each.map((out) => integers({ out }, 'out'));
}

/**
 * log p of next tokens, float32 [B, last, V] in nats, of the network `parameters` [P] on sequences [B, L], after the `last`
 * of their first L - 1 tokens: entry (b, i, v) is log p(v | tokens[b, ..L - 1 - last + i]).
 */
export async function nextTokenLogProbabilities(
  programs: Programs,
  architecture: Architecture,
  parameters: Float32Array,
  sequences: Rows,
  last: number,
): Promise<Float32Array> {
  const fn: TensorFunction = ({ parameters: flat, tokens }) => {
    const matrices = unpack(layoutOf(architecture), flat as tf.Tensor2D);
    return { out: logProbabilities(architecture, matrices, tokens as tf.Tensor3D, last) };
  };
  const L = sequences.tokens.length / sequences.size;
  const rows = { size: sequences.size, tokens: sequences.tokens.filter((_, i) => i % L < L - 1) };
  const [out] = await inPieces(programs, ['logp', architecture, last], fn, architecture, parameters, [rows]);
  return floats({ out: out as Values }, 'out');
}

/**
 * Runs the rows of each replicate, equally many, through a program of at most PIECE rows a replicate; the last piece is
 * filled up with its own first row. Gives a replicate's outputs row by row.
 */
async function inPieces(
  programs: Programs,
  key: readonly unknown[],
  fn: TensorFunction,
  architecture: Architecture,
  parameters: Feed,
  sets: readonly Rows[],
): Promise<Values[]> {
  const R = sets.length;
  const [{ size, tokens }] = sets as readonly [Rows];
  const width = tokens.length / size;
  if (sets.some((set) => set.size !== size || set.tokens.length !== tokens.length))
    throw new InvariantError('the replicates of one program need equally many rows of equal width');
  const batch = Math.min(size, PIECE);
  const signature: Signature = {
    parameters: { shape: [R, layoutOf(architecture).size], dtype: 'float32' },
    tokens: { shape: [R, batch, width], dtype: 'int32' },
  };
  const program = await programs.get(canonical([...key, R, batch, width]), () => ({ fn, signature }));
  let gathered: Values[] | undefined;
  for (let start = 0; start < size; start += batch) {
    const rows = Math.min(batch, size - start);
    const piece = new Int32Array(R * batch * width);
    sets.forEach((set, r) => {
      for (let i = 0; i < batch; i++) {
        const from = (start + (i < rows ? i : 0)) * width;
        piece.set(set.tokens.subarray(from, from + width), (r * batch + i) * width);
      }
    });
    const out = (await program.run({ parameters, tokens: piece }))['out'] as Values;
    const row = out.length / (R * batch);
    const kind = out instanceof Float32Array ? Float32Array : Int32Array;
    gathered ??= sets.map(() => new kind(size * row));
    gathered.forEach((all, r) => {
      all.set(out.subarray(r * batch * row, (r * batch + rows) * row), start * row);
    });
  }
  return gathered as Values[];
}
