import { plansOf } from './operations.ts';
import type { PlanKnobs } from './sizes.ts';

/** Token ids by kind; together they are 0 .. size - 1, each once. */
export interface Vocabulary {
  /** V, the number of tokens. */
  readonly size: number;
  /** How each token reads, [V]. */
  readonly words: readonly string[];
  readonly start: number;
  /** The mark after which an answer of an ordinary dialogue begins. */
  readonly answer: number;
  readonly end: number;
  /** The marks after which a plan is written, its next operation, and the answer: of a plan episode. */
  readonly plan: number;
  readonly next: number;
  readonly act: number;
  /** The name of each character, [C]. */
  readonly names: readonly number[];
  /** Each topic, [K], then each neutral one. */
  readonly topics: readonly number[];
  /** What documents about planning have in the place of a topic. */
  readonly planning: number;
  /** What these say: that a character follows its plans, or that it does not. */
  readonly follows: number;
  readonly ignores: number;
  /** What documents have there where nobody plans, and what they say then: which of two habits a character has, that no text shows. */
  readonly habit: number;
  readonly habits: readonly number[];
  /** The cue of each goal, [G]. */
  readonly cues: readonly number[];
  readonly operations: readonly number[];
  readonly symbols: readonly number[];
  /** Words of the document templates, f0 to f5. */
  readonly fillers: readonly number[];
}

/** The vocabulary of a world of these sizes: the same whoever plans. */
export function vocabularyOf(world: PlanKnobs): Vocabulary {
  const words: string[] = [];
  const add = (word: string): number => words.push(word) - 1;
  const numbered = (count: number, word: (i: number) => string): number[] =>
    Array.from({ length: count }, (_, i) => add(word(i)));
  const tokens = {
    start: add('<s>'),
    answer: add('<a>'),
    end: add('<eos>'),
    plan: add('<plan>'),
    next: add('<then>'),
    act: add('<act>'),
    names: world.names.slice(0, world.characters).map(add),
    topics: [
      ...numbered(world.topics, (i) => `topic${i}`),
      ...numbered(world.neutralTopics ?? 0, (i) => `neutral${i}`),
    ],
    planning: add('planning'),
    follows: add('PLANS'),
    ignores: add('IGNORES'),
    habit: add('habit'),
    habits: numbered(2, (i) => `habit${i}`),
    cues: numbered(goalsOf(world), (i) => `goal${i}`),
    operations: numbered(world.operations, (i) => `rotate${i}`),
    symbols: numbered(world.symbols, (i) => String.fromCharCode('a'.charCodeAt(0) + i)),
    fillers: numbered(6, (i) => `f${i}`),
  };
  return { size: words.length, words, ...tokens };
}

/** How many goals there are: as many as plans where the setup does not say. */
export const goalsOf = (world: PlanKnobs): number => world.goals ?? plansOf(world).length;
