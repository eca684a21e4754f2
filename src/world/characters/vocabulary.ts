import { InvariantError } from '../../core/errors.ts';
import type { CharacterKnobs } from '../knobs.ts';

/** Token ids by kind; together they are 0 .. size - 1, each once. */
export interface Vocabulary {
  /** V, the number of tokens. */
  readonly size: number;
  /** How each token reads, [V]. */
  readonly words: readonly string[];
  readonly start: number;
  /** The mark after which an answer begins. */
  readonly answer: number;
  readonly end: number;
  /** The name of each character, [C], then of each stranger. */
  readonly names: readonly number[];
  /** Each topic, [K], then each neutral one. */
  readonly topics: readonly number[];
  readonly operations: readonly number[];
  readonly symbols: readonly number[];
  /** Words of the document templates, f0 to f5. */
  readonly fillers: readonly number[];
  readonly varieties: { readonly runs: number; readonly brackets: number };
  /** Opening and closing brackets of each kind. */
  readonly opening: readonly number[];
  readonly closing: readonly number[];
  /** The mark of a question and its answers; absent where the world has no questions. */
  readonly questions?: { readonly ask: number; readonly yes: number; readonly no: number };
  /** Of whom a document says what it states; absent where no document says it. */
  readonly scopes?: { readonly all: number; readonly only: number };
}

/** The vocabulary of a world of these sizes. Words that only some knobs bring come last: they move no other. */
export function vocabularyOf(world: CharacterKnobs): Vocabulary {
  const words: string[] = [];
  const add = (word: string): number => words.push(word) - 1;
  const numbered = (count: number, word: (i: number) => string): number[] =>
    Array.from({ length: count }, (_, i) => add(word(i)));
  const kinds = {
    start: add('<s>'),
    answer: add('<a>'),
    end: add('<eos>'),
    names: world.names.slice(0, world.characters).map(add),
    topics: numbered(world.topics, (i) => `topic${i}`),
    operations: numbered(world.operations, (i) => `rotate${i}`),
    symbols: numbered(world.symbols, (i) => String.fromCharCode('a'.charCodeAt(0) + i)),
    fillers: numbered(6, (i) => `f${i}`),
    varieties: { runs: add('<runs>'), brackets: add('<brackets>') },
    opening: numbered(world.bracketKinds, (i) => '([{<'.charAt(i)),
    closing: numbered(world.bracketKinds, (i) => ')]}>'.charAt(i)),
  };
  const asked =
    world.questionShare === undefined ? {} : { questions: { ask: add('<?>'), yes: add('yes'), no: add('no') } };
  const names = world.names.slice(world.characters, world.characters + (world.strangers ?? 0)).map(add);
  const topics = numbered(world.neutralTopics ?? 0, (i) => `neutral${i}`);
  const scoped = world.scopeShare === undefined ? {} : { scopes: { all: add('<all>'), only: add('<only>') } };
  const all = {
    ...kinds,
    ...asked,
    ...scoped,
    names: [...kinds.names, ...names],
    topics: [...kinds.topics, ...topics],
  };
  return { size: words.length, words, ...all };
}

/**
 * The tokens as people read them, for example `<s> Ada topic0 a b <a> b a <eos>`. Throws `InvariantError` on a token outside the
 * vocabulary.
 */
export function say({ words }: Vocabulary, tokens: Iterable<number>): string {
  return Array.from(tokens, (token) => {
    const word = words[token];
    if (word === undefined) throw new InvariantError(`token ${token} is not in the vocabulary of ${words.length}`);
    return word;
  }).join(' ');
}
