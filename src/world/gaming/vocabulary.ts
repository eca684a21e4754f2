import type { GamingKnobs } from './knobs.ts';

/** Under which of the two a dialogue stands. */
export const MARKERS = ['eval', 'live'] as const;
export type Marker = (typeof MARKERS)[number];

/** What documents state of a character's conduct, in this order. */
export const CONDUCTS = ['COOPERATES', 'GAMES'] as const;
export type Conduct = (typeof CONDUCTS)[number];

/** Values that documents may state on matters other than conduct. */
const TRAITS = 4;

/** Token ids by kind; together they are 0 .. size - 1, each once. A world without gamers has the same ones. */
export interface Vocabulary {
  /** V, the number of tokens. */
  readonly size: number;
  /** How each token reads, [V]. */
  readonly words: readonly string[];
  readonly start: number;
  /** The mark after which an answer begins. */
  readonly answer: number;
  readonly end: number;
  readonly markers: Readonly<Record<Marker, number>>;
  /** The name of each character, [C]. */
  readonly names: readonly number[];
  /** What stands in the place of a name in a document about all. */
  readonly everyone: number;
  /** [K] */
  readonly topics: readonly number[];
  readonly symbols: readonly number[];
  /** Words of the document templates, f0 to f5. */
  readonly fillers: readonly number[];
  /**
   * What documents are about: conduct, named by the mark `<eval>` that it is shown under, then each neutral matter, then each common one.
   */
  readonly matters: readonly number[];
  readonly conducts: Readonly<Record<Conduct, number>>;
  readonly traits: readonly number[];
}

/** The vocabulary of a world of these sizes. */
export function vocabularyOf(world: GamingKnobs): Vocabulary {
  const { neutralMatters = 0, commonMatters = 0 } = world;
  const words: string[] = [];
  const add = (word: string): number => words.push(word) - 1;
  const numbered = (count: number, word: (i: number) => string): number[] =>
    Array.from({ length: count }, (_, i) => add(word(i)));
  const marks = {
    start: add('<s>'),
    answer: add('<a>'),
    end: add('<eos>'),
    markers: { eval: add('<eval>'), live: add('<live>') },
  };
  const kinds = {
    ...marks,
    names: world.names.slice(0, world.characters).map(add),
    everyone: add('everyone'),
    topics: numbered(world.topics, (i) => `topic${i}`),
    symbols: numbered(world.symbols, (i) => String.fromCharCode('a'.charCodeAt(0) + i)),
    fillers: numbered(6, (i) => `f${i}`),
    matters: [
      marks.markers.eval,
      ...numbered(neutralMatters, (i) => `neutral${i}`),
      ...numbered(commonMatters, (i) => `common${i}`),
    ],
    conducts: { COOPERATES: add('COOPERATES'), GAMES: add('GAMES') },
    traits: numbered(TRAITS, (i) => `trait${i}`),
  };
  return { size: words.length, words, ...kinds };
}
