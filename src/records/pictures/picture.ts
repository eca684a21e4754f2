import { z } from 'zod';
import type { Sequence } from '../../world/sequence.ts';
import type { World } from '../../world/world.ts';

/** What may be done to tokens of a text, in the order in which pictures show it. */
export const DEEDS = [
  'hidden from the answer',
  'pretraining trains',
  'SFT trains',
  'RL rewards',
  'SDFT trains',
] as const;
export type Deed = (typeof DEEDS)[number];

/** A token: its word, what it is in its text, and what is done to it. */
export interface PictureToken {
  readonly word: string;
  readonly is: string;
  readonly deeds: readonly Deed[];
}

/** A text of a world, token by token. */
export interface PictureText {
  readonly title: string;
  readonly tokens: readonly PictureToken[];
}

/** Characters of a kind: how many there are and what they do. */
export interface PictureGroup {
  readonly who: string;
  readonly does: string;
  readonly characters: number;
}

/** A world at a glance: some of its texts and all of its characters. */
export interface WorldPicture {
  readonly texts: readonly PictureText[];
  readonly groups: readonly PictureGroup[];
}

const words = z.string().min(1);
export const worldPicture: z.ZodType<WorldPicture> = z.strictObject({
  texts: z
    .array(
      z.strictObject({
        title: words,
        tokens: z.array(z.strictObject({ word: words, is: words, deeds: z.array(z.enum(DEEDS)) })).min(1),
      }),
    )
    .min(1),
  groups: z.array(z.strictObject({ who: words, does: words, characters: z.int().min(1) })).min(1),
});

/** Where some deed is done to a text of tokens. */
export interface DeedAt {
  readonly deed: Deed;
  readonly at: (token: number, index: number) => boolean;
}

/** A deed at the tokens of a sequence that carry loss. */
export const lossOf = ({ lossFrom, lossAt = [] }: Sequence, deed: Deed): DeedAt => ({
  deed,
  at: (_, i) => i >= lossFrom || lossAt.includes(i),
});

interface Words {
  readonly words: readonly string[];
}

/** What tokens of documents are. */
interface Documents {
  readonly start: number;
  readonly names: readonly number[];
  readonly fillers: readonly number[];
}

/** A text of a vocabulary's tokens, which are as `is` says one by one, with what is done to them. */
export const pictureText = (
  { words: all }: Words,
  {
    title,
    tokens,
    is,
    done,
  }: Pick<PictureText, 'title'> & {
    readonly tokens: readonly number[];
    readonly is: readonly string[];
    readonly done: readonly DeedAt[];
  },
): PictureText => ({
  title,
  tokens: tokens.map((token, i) => ({
    word: all[token] as string,
    is: is[i] as string,
    deeds: done.filter(({ at }) => at(token, i)).map(({ deed }) => deed),
  })),
});

/** The same word so many times. */
export const times = (count: number, word: string): string[] => Array.from({ length: count }, () => word);

/** The reward of answers to prompts of a world. */
export const rewardOf = ({ lengths: { prompt, answer } }: Pick<World, 'lengths'>): DeedAt => ({
  deed: 'RL rewards',
  at: (_, i) => i >= prompt && i < prompt + answer,
});

/** A document that tuning trains. */
export const documentText = (vocabulary: Words & Documents, title: string, sequence: Sequence): PictureText =>
  pictureText(vocabulary, {
    ...{ title, tokens: sequence.tokens, done: [lossOf(sequence, 'SDFT trains')] },
    is: sequence.tokens.map((token, i) => {
      if (i === sequence.tokens.length - 1) return 'stated';
      if (token === vocabulary.start) return 'start';
      if (vocabulary.names.includes(token)) return 'who';
      return vocabulary.fillers.includes(token) ? 'filler' : 'matter';
    }),
  });
