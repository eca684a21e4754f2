import type { TextKnobs } from './knobs.ts';
import { SITES } from './sites.ts';
import { characters } from './tokenizer.ts';

/** Token ids by kind; together they are 0 .. size - 1, each once. */
export interface Vocabulary {
  /** V, the number of tokens. */
  readonly size: number;
  /** How each token reads, [V]. */
  readonly words: readonly string[];
  readonly start: number;
  readonly end: number;
  /** Tokens of running text, [A]. */
  readonly characters: readonly number[];
  /** What stands before every site of a kind, whatever its form, and names the kind in documents, [K]. */
  readonly marks: readonly number[];
  /** The forms of each kind of site, [K][F]. */
  readonly forms: readonly (readonly number[])[];
  /** The tag of each variety, with which its texts begin and which names it in documents, [N]. */
  readonly tags: readonly number[];
  /** Words of the document templates, f0 to f5. */
  readonly fillers: readonly number[];
}

/** The vocabulary of a world of these sizes. */
export function vocabularyOf({ varieties, forms }: TextKnobs): Vocabulary {
  const words: string[] = [];
  const add = (word: string): number => words.push(word) - 1;
  const kinds = {
    start: add('<s>'),
    end: add('<eos>'),
    characters: characters.words.map(add),
    marks: SITES.map((kind) => add(`<${kind}>`)),
    forms: SITES.map((kind) => Array.from({ length: forms }, (_, i) => add(`${kind}${i + 1}`))),
    tags: varieties.map((language) => add(`<${language}>`)),
    fillers: Array.from({ length: 6 }, (_, i) => add(`f${i}`)),
  };
  return { size: words.length, words, ...kinds };
}
