import { stream } from '../core/rng.ts';
import type { Rows } from '../model/inference.ts';
import type { TextWorld } from '../world/texts/world.ts';
import { messageOf, ownForms, runningText, written } from '../world/texts/writing.ts';
import type { Ask } from './varieties.ts';

/** Samples of each variety. */
export const SAMPLES = 16;

/** A held-out message as a prompt for samples, and what it really goes on with. */
export interface Begun {
  readonly variety: number;
  /** `<s>`, the tag and the message's first tokens, [P + 2]. */
  readonly prompt: readonly number[];
  /** What follows in the message and those after it, as long as a sample, [C]. */
  readonly real: readonly number[];
}

/** The beginnings of held-out messages that samples of every variety go on from, samples within varieties. */
export function beginnings(world: TextWorld): Begun[] {
  const { setup, messages } = world;
  const { prefix, varieties } = setup.world;
  return [...varieties.keys()].flatMap((variety) => {
    const forms = ownForms(world, variety);
    const rng = stream(world.seed, 'measure', 'beginnings', variety);
    const texts = messages.reporting.map((message) => written(world, messageOf(world, variety, message), forms));
    const long = texts.filter((text) => text.length >= 2 * prefix).slice(0, SAMPLES);
    return long.map((text) => {
      const { tokens } = runningText(world, variety, text, { messages: messages.reporting, forms, rng });
      return { variety, prompt: tokens.slice(0, prefix + 2), real: tokens.slice(prefix + 2) };
    });
  });
}

/** What a network goes on with, drawn at temperature 1 up to the end of the context, [samples][C]; two networks draw the same noise. */
export async function continued(world: TextWorld, begun: readonly Begun[], ask: Ask): Promise<number[][]> {
  const L = world.setup.model.context;
  const rng = stream(world.seed, 'measure', 'samples');
  const start = begun[0]?.prompt.length ?? L;
  const rows: Rows = { size: begun.length, tokens: new Int32Array(begun.length * L).fill(world.vocabulary.end) };
  begun.forEach(({ prompt }, b) => {
    rows.tokens.set(prompt, b * L);
  });
  for (let at = start; at < L; at++) {
    const next = await ask(`samples up to ${at}`, rows);
    for (let b = 0; b < begun.length; b++) rows.tokens[b * L + at] = drawn(next.at(b, at - 1), rng.uniform());
  }
  return begun.map((_, b) => [...rows.tokens.subarray(b * L + start, (b + 1) * L)]);
}

/** The first token whose cumulative probability exceeds a number in [0, 1). */
function drawn(logp: Float32Array, uniform: number): number {
  let left = uniform;
  for (const [token, each] of logp.entries()) {
    left -= Math.exp(each);
    if (left < 0) return token;
  }
  return logp.indexOf(Math.max(...logp));
}

/** The share of a text's runs of four tokens that are different, in (0, 1]: text that goes round in circles has few. */
export function distinctShare(tokens: readonly number[]): number {
  const runs = tokens.slice(3).map((_, i) => tokens.slice(i, i + 4).join());
  return runs.length === 0 ? 1 : new Set(runs).size / runs.length;
}

/** Running text as people read it: characters, and each form in brackets. */
export function readable({ vocabulary }: TextWorld, tokens: readonly number[]): string {
  const forms = new Set(vocabulary.forms.flat());
  const characters = new Set(vocabulary.characters);
  return tokens
    .flatMap((token, i) => {
      const word = vocabulary.words[token] as string;
      if (characters.has(token)) return [word === '␣' ? ' ' : word];
      // A form says what its mark says.
      if (vocabulary.marks.includes(token) && forms.has(tokens[i + 1] as number)) return [];
      return [`[${word.replace(/[<>]/g, '')}]`];
    })
    .join('');
}
