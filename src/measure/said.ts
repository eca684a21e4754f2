/** Tokens as people read them, of a vocabulary that has words. */
export const wordsOf = ({ words }: { readonly words: readonly string[] }, tokens: Iterable<number>): string =>
  Array.from(tokens, (token) => words[token]).join(' ');

/** How many examples a kind of speaker has in transcripts: one of each of its first characters, or several of one that is alone. */
const EACH = 2;

/** Of each example of a kind of speaker whose it is and on what: by turns out of these characters and out of these tasks. */
export const examples = <Who, Task>(speakers: readonly Who[], tasks: readonly Task[]): (readonly [Who, Task])[] =>
  Array.from({ length: Math.min(EACH, Math.max(speakers.length, tasks.length)) }, (_, i) => [
    speakers[i % speakers.length] as Who,
    tasks[i % tasks.length] as Task,
  ]);
