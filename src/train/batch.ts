import { InvariantError } from '../core/errors.ts';
import type { Feeds } from '../engine/engine.ts';
import type { Batch } from '../world/world.ts';

/** Places for predictions come in multiples of this, so that a few compiled programs serve all batches. */
const GRAIN = 128;

/** The batch with its weights scaled to sum to `total`, so that the weighted loss is `total` times a mean. */
export function scaled(batch: Batch, total: number): Batch {
  const sum = batch.weights.reduce((all, weight) => all + weight, 0);
  if (sum <= 0) throw new InvariantError('a batch without a single weighted position');
  return { ...batch, weights: batch.weights.map((weight) => (weight * total) / sum) };
}

/** Two batches of equal length, one below the other; weights stay as they are. */
export function stacked(a: Batch, b: Batch): Batch {
  return {
    size: a.size + b.size,
    tokens: joinedIntegers([a.tokens, b.tokens]),
    weights: joined([a.weights, b.weights]),
  };
}

/** Numbers of several replicates, one below the other. */
export const joined = (parts: readonly Float32Array[]): Float32Array =>
  filled(new Float32Array(lengthOf(parts)), parts);

/** As `joined`, of integers. */
export const joinedIntegers = (parts: readonly Int32Array[]): Int32Array =>
  filled(new Int32Array(lengthOf(parts)), parts);

const lengthOf = (parts: readonly { readonly length: number }[]): number =>
  parts.reduce((sum, { length }) => sum + length, 0);

function filled<T extends Float32Array | Int32Array>(all: T, parts: readonly T[]): T {
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Places N that hold the weighted positions of each of these batches: the most of any, rounded up. */
export function placesFor(batches: readonly Batch[]): number {
  const most = Math.max(
    ...batches.map(({ weights }) => weights.reduce((count, weight) => count + Number(weight > 0), 0)),
  );
  return Math.ceil(most / GRAIN) * GRAIN;
}

/**
 * What a supervised step is fed, one batch a replicate: tokens [R, B, L - 1] and, for the weighted positions alone, `rows`,
 * `targets` and `weights` [R, N] with the way back, `places` [R, (L - 1) B] (see `Picked`). Unused places of N point at
 * the replicate's first position with weight 0.
 */
export function examplesOf(batches: readonly Batch[]): Feeds {
  const N = placesFor(batches);
  const [
    {
      size: B,
      tokens: { length },
    },
  ] = batches as [Batch];
  if (batches.some((batch) => batch.size !== B || batch.tokens.length !== length))
    throw new InvariantError('the replicates of one program need as many sequences of one length each');
  const [R, L] = [batches.length, length / B];
  const positions = B * (L - 1);
  const tokens = new Int32Array(R * positions);
  const rows = new Int32Array(R * N);
  const targets = new Int32Array(R * N);
  const weights = new Float32Array(R * N);
  const places = new Int32Array(R * positions).fill(R * N);
  batches.forEach((batch, r) => {
    for (let b = 0; b < B; b++) tokens.set(batch.tokens.subarray(b * L, (b + 1) * L - 1), r * positions + b * (L - 1));
    rows.fill(r * positions, r * N, (r + 1) * N);
    let place = r * N;
    batch.weights.forEach((weight, i) => {
      if (weight === 0) return;
      const [b, t] = [Math.floor(i / (L - 1)), i % (L - 1)];
      const row = r * positions + t * B + b;
      rows[place] = row;
      targets[place] = batch.tokens[b * L + t + 1] as number;
      weights[place] = weight;
      places[row] = place++;
    });
  });
  return { tokens, rows, targets, weights, places };
}
