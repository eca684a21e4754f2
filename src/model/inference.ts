import type * as tf from '@tensorflow/tfjs';
import { canonical } from '../core/canonical.ts';
import { floats, integers, type Signature, type Values } from '../engine/engine.ts';
import type { Compilable, Programs } from '../engine/programs.ts';
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
  const run = (batch: number, width: number): Compilable => ({
    signature: signatureOf(architecture, batch, width),
    fn: ({ parameters: flat, tokens }) => ({
      out: decode(architecture, unpack(layoutOf(architecture), flat as tf.Tensor2D), tokens as tf.Tensor3D, length),
    }),
  });
  const pieces = await inPieces(programs, ['greedy', architecture, length], run, parameters, prompts);
  const answers = new Int32Array(prompts.size * length);
  for (const { start, out, rows } of pieces)
    answers.set(integers({ out }, 'out').subarray(0, rows * length), start * length);
  return answers;
}

/**
 * log p of every next token, float32 [B, L - 1, V] in nats, of the network `parameters` [P] on sequences [B, L]:
 * entry (b, t, v) is log p(v | tokens[b, ..t]).
 */
export async function nextTokenLogProbabilities(
  programs: Programs,
  architecture: Architecture,
  parameters: Float32Array,
  sequences: Rows,
): Promise<Float32Array> {
  const run = (batch: number, width: number): Compilable => ({
    signature: signatureOf(architecture, batch, width),
    fn: ({ parameters: flat, tokens }) => ({
      out: logProbabilities(architecture, unpack(layoutOf(architecture), flat as tf.Tensor2D), tokens as tf.Tensor3D),
    }),
  });
  const pieces = await inPieces(programs, ['logp', architecture], run, parameters, sequences);
  const row = (sequences.tokens.length / sequences.size - 1) * architecture.vocabulary;
  const logp = new Float32Array(sequences.size * row);
  for (const { start, out, rows } of pieces) logp.set(floats({ out }, 'out').subarray(0, rows * row), start * row);
  return logp;
}

function signatureOf(architecture: Architecture, batch: number, width: number): Signature {
  return {
    parameters: { shape: [1, layoutOf(architecture).size], dtype: 'float32' },
    tokens: { shape: [1, batch, width], dtype: 'int32' },
  };
}

interface Piece {
  readonly start: number;
  readonly rows: number;
  readonly out: Values;
}

/** Runs the rows through a program of at most PIECE rows; the last piece is filled up with its own first row. */
async function inPieces(
  programs: Programs,
  key: readonly unknown[],
  make: (batch: number, width: number) => Compilable,
  parameters: Float32Array,
  { size, tokens }: Rows,
): Promise<Piece[]> {
  const width = tokens.length / size;
  const batch = Math.min(size, PIECE);
  const program = await programs.get(canonical([...key, batch, width]), () => make(batch, width));
  const pieces: Piece[] = [];
  for (let start = 0; start < size; start += batch) {
    const rows = Math.min(batch, size - start);
    const piece = new Int32Array(batch * width);
    for (let i = 0; i < batch; i++) {
      const from = (start + (i < rows ? i : 0)) * width;
      piece.set(tokens.subarray(from, from + width), i * width);
    }
    const { out } = await program.run({ parameters, tokens: piece });
    pieces.push({ start, rows, out: out as Values });
  }
  return pieces;
}
