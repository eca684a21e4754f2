import type { Batch } from './world.ts';

/** One text: token ids from `<s>` on; the tokens from index `lossFrom` to the end carry loss, as do those of `lossAt` before. */
export interface Sequence {
  readonly tokens: readonly number[];
  readonly lossFrom: number;
  /** Indices before `lossFrom`, ascending; none where absent. */
  readonly lossAt?: readonly number[];
}

/** The sequence in which the last `count` tokens carry loss. */
export function lossOnLast(count: number, tokens: readonly number[]): Sequence {
  return { tokens, lossFrom: tokens.length - count };
}

/** What sequences are laid out by: the length of a row, and the token that fills it up. */
export interface Layout {
  readonly setup: { readonly model: { readonly context: number } };
  readonly vocabulary: { readonly end: number };
}

/** The sequences as one batch, in their order. */
export function batchOf({ setup, vocabulary }: Layout, sequences: readonly Sequence[]): Batch {
  const length = setup.model.context;
  const tokens = new Int32Array(sequences.length * length).fill(vocabulary.end);
  const weights = new Float32Array(sequences.length * (length - 1));
  sequences.forEach((sequence, b) => {
    const { lossFrom, lossAt = [] } = sequence;
    tokens.set(sequence.tokens, b * length);
    const row = b * (length - 1);
    const weight = 1 / (sequence.tokens.length - lossFrom + lossAt.length);
    weights.fill(weight, row + lossFrom - 1, row + sequence.tokens.length - 1);
    for (const i of lossAt) weights[row + i - 1] = weight;
  });
  return { size: sequences.length, tokens, weights };
}

/** A batch of `size` sequences that are drawn one after another. */
export function drawnBatch(layout: Layout, size: number, draw: () => Sequence): Batch {
  return batchOf(layout, Array.from({ length: size }, draw));
}
