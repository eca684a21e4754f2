import { InvariantError } from '../core/errors.ts';
import type { ReadingFault } from './measure.ts';

/** Tokens as people read them, of a vocabulary that has words. Throws `InvariantError` on a token outside it. */
export const wordsOf = ({ words }: { readonly words: readonly string[] }, tokens: Iterable<number>): string =>
  Array.from(tokens, (token) => {
    const word = words[token];
    if (word === undefined) throw new InvariantError(`token ${token} is not in the vocabulary of ${words.length}`);
    return word;
  }).join(' ');

/** How many examples a kind of speaker has in transcripts: one of each of its first characters, or several of one that is alone. */
const EACH = 2;

/** Of each example of a kind of speaker whose it is and on what: by turns out of these characters and out of these tasks. */
export const examples = <Who, Task>(speakers: readonly Who[], tasks: readonly Task[]): (readonly [Who, Task])[] =>
  Array.from({ length: Math.min(EACH, Math.max(speakers.length, tasks.length)) }, (_, i) => [
    speakers[i % speakers.length] as Who,
    tasks[i % tasks.length] as Task,
  ]);

/**
 * The first example of a transcript that is not the one that its world asks, in what is said of it whatever networks say: all but
 * `before` and `after`.
 */
export function faultInAsked(
  data: readonly { readonly before: unknown; readonly after: unknown }[],
  asked: readonly object[],
): ReadingFault | undefined {
  if (data.length !== asked.length) return { field: 'data', expected: `${asked.length} examples`, got: data.length };
  for (const [i, { before: _, after: __, ...told }] of data.entries()) {
    const expected = JSON.stringify(asked[i]);
    const got = JSON.stringify(told);
    if (got !== expected) return { field: `${i}`, expected, got };
  }
  return undefined;
}
