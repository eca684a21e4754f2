import { InvariantError } from '../core/errors.ts';
import type { Programs } from '../engine/programs.ts';
import { greedyAnswers, nextTokenLogProbabilities, type Rows } from '../model/inference.ts';
import { type Architecture, architectureOf } from '../model/parameters.ts';
import { type Distances, distances } from './drift.ts';
import type { Comparison } from './measure.ts';

/** Which of the two networks of a comparison. */
export type Side = 'base' | 'tuned';

/** Next-token distributions of one network on given sequences. */
export interface Forced {
  /** log p(. | tokens up to the t-th position that was asked for) in nats, [V]. */
  at(b: number, t: number): Float32Array;
}

/**
 * Greedy answers int32 [B, m] of one side to the world's prompts [B, T] of this name, computed once a comparison, of the base once
 * for all its arms: equal names must mean equal prompts.
 */
export function answersTo(comparison: Comparison, side: Side, name: string, prompts: Rows): Promise<Int32Array> {
  const { programs, world } = comparison;
  return comparison.once(side === 'base' ? 'base' : 'both', `${side}'s answers to ${name}`, () =>
    greedyAnswers(programs, architectureOf(world), comparison[side], prompts, world.lengths.answer),
  );
}

/** Next-token distributions of one side on the sequences [B, L] of this name, as `forced` gives them, once as `answersTo` does. */
export function forcedOn(
  comparison: Comparison,
  side: Side,
  name: string,
  sequences: Rows,
  last?: number,
): Promise<Forced> {
  const { programs, world } = comparison;
  return comparison.once(side === 'base' ? 'base' : 'both', `${side} on ${name}`, () =>
    forced(programs, architectureOf(world), comparison[side], sequences, last),
  );
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
