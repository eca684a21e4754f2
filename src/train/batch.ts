import { InvariantError } from '../core/errors.ts';
import type { Batch } from '../world/batches.ts';

/** The batch with its weights scaled to sum to `total`, so that the weighted loss is `total` times a mean. */
export function scaled(batch: Batch, total: number): Batch {
  const sum = batch.weights.reduce((all, weight) => all + weight, 0);
  if (sum <= 0) throw new InvariantError('a batch without a single weighted position');
  return { ...batch, weights: batch.weights.map((weight) => (weight * total) / sum) };
}

/** Two batches of equal length, one below the other; weights stay as they are. */
export function stacked(a: Batch, b: Batch): Batch {
  const tokens = new Int32Array(a.tokens.length + b.tokens.length);
  tokens.set(a.tokens);
  tokens.set(b.tokens, a.tokens.length);
  const weights = new Float32Array(a.weights.length + b.weights.length);
  weights.set(a.weights);
  weights.set(b.weights, a.weights.length);
  return { size: a.size + b.size, tokens, weights };
}
