import { InvariantError } from '../core/errors.ts';
import type { Programs } from '../engine/programs.ts';
import { nextTokenLogProbabilities, type Rows } from '../model/inference.ts';
import type { Architecture } from '../model/parameters.ts';
import { type Distances, distances } from './drift.ts';

/** Next-token distributions of one network on given sequences. */
export interface Forced {
  /** log p(. | tokens up to the t-th position that was asked for) in nats, [V]. */
  at(b: number, t: number): Float32Array;
}

/**
 * Next-token distributions of the network `parameters` [P] on sequences [B, L], at the `last` of the positions
 * 0 .. L - 2, by default at all; counted from the first of those.
 */
export async function forced(
  programs: Programs,
  architecture: Architecture,
  parameters: Float32Array,
  sequences: Rows,
  last: number = sequences.tokens.length / sequences.size - 1,
): Promise<Forced> {
  const logp = await nextTokenLogProbabilities(programs, architecture, parameters, sequences, last);
  const V = architecture.vocabulary;
  return {
    at: (b, t) => {
      if (!(b >= 0 && b < sequences.size && t >= 0 && t < last))
        throw new InvariantError(`no prediction at sequence ${b}, position ${t}`);
      const row = (b * last + t) * V;
      return logp.subarray(row, row + V);
    },
  };
}

/** Distances of base and tuned at one position of the same sequences. */
export function distancesAt(base: Forced, tuned: Forced, b: number, t: number): Distances {
  return distances(base.at(b, t), tuned.at(b, t));
}

/** Prompts [B, Lp] with an answer [B, m] behind each, [B, Lp + m]. */
export function answered({ size, tokens }: Rows, answers: Int32Array): Rows {
  const [width, m] = [tokens.length / size, answers.length / size];
  const joined = new Int32Array(size * (width + m));
  for (let b = 0; b < size; b++) {
    joined.set(tokens.subarray(b * width, (b + 1) * width), b * (width + m));
    joined.set(answers.subarray(b * m, (b + 1) * m), b * (width + m) + width);
  }
  return { size, tokens: joined };
}
