import { mean } from 'simple-statistics';
import { z } from 'zod';
import { architectureOf } from '../../model/parameters.ts';
import { targetsOf } from '../../world/texts/sizes.ts';
import type { TextWorld } from '../../world/texts/world.ts';
import { messageOf, ownForms, written } from '../../world/texts/writing.ts';
import { forced } from '../forced.ts';
import type { BaseMeasure } from '../measure.ts';
import { type Ask, bitsOf, forEachCharacter, heldOutTexts, ownKept, sitesAsked, sitesRead } from '../varieties.ts';

/** What a base knows of the varieties. */
export interface TextsQuality {
  /** Bits a token of held-out text, forms of sites left out, the mean over varieties, and of the variety where it is most. */
  readonly bits: number;
  readonly mostBits: number;
  /** The same of who knows how often each variety has each token in training messages, and nothing else: the mean. */
  readonly unigramBits: number;
  /** The least that a variety's own bits are below that. */
  readonly leastGain: number;
  /** How far bits are below those of the same texts under the next variety's tag, the mean over varieties. */
  readonly tagGain: number;
  /** Probability of the own form at held-out sites: of pairs that texts show, their mean and the least of a target's. */
  readonly kept: number;
  readonly keptByTarget: number;
  /** The same of pairs that documents alone tell of, null where there are none. */
  readonly keptDocumentsOnly: number | null;
}

/** Premises: text is known far better than by counting and goes by its tag, conventions are kept, and documents carry most of what showing does. */
const LEAST_GAIN = 0.5;
const MOST_BITS = 2.6;
const LEAST_KEPT = 0.95;
const LEAST_BY_DOCUMENTS = 0.7;

const share = z.number().min(0).max(1);
const bits = z.number().min(0);

/** Whether a base knows its varieties and their conventions. */
export const textsQuality: BaseMeasure<TextsQuality, TextWorld> = {
  id: 'texts-quality',
  about: 'how well the base predicts held-out text of each variety, and whether it keeps their conventions',
  unit: 'bits a token; probability',
  file: import.meta.url,
  worlds: ['texts'],
  schema: z.strictObject({
    ...{ bits, mostBits: bits, unigramBits: bits, leastGain: z.number(), tagGain: z.number() },
    ...{ kept: share, keptByTarget: share, keptDocumentsOnly: share.nullable() },
  }),
  of: async ({ programs, world, base }) => {
    const ask: Ask = (_, sequences, last) => forced(programs, architectureOf(world), base, sequences, last);
    const own = await bitsOf(world, ask);
    const counted = world.setup.world.varieties.map((_, variety) => unigramBits(world, variety));
    const keeping = (await sitesRead(world, 'held-out sites', sitesAsked(world), ask)).map((read) => ({
      variety: read.variety,
      isHidden: world.documentsOnly[read.variety]?.[read.site] === true,
      kept: ownKept(world, read),
    }));
    const over = (isOne: (pair: (typeof keeping)[number]) => boolean): number[] =>
      keeping.filter(isOne).map(({ kept }) => kept);
    const hidden = over(({ isHidden }) => isHidden);
    const data = {
      ...{ bits: mean(own), mostBits: Math.max(...own), unigramBits: mean(counted) },
      leastGain: Math.min(...counted.map((each, variety) => each - (own[variety] as number))),
      tagGain: mean(await bitsOf(world, ask, 1)) - mean(own),
      kept: mean(over(({ isHidden }) => !isHidden)),
      keptByTarget: Math.min(...over(({ variety }) => variety < targetsOf(world.setup.world))),
      keptDocumentsOnly: hidden.length === 0 ? null : mean(hidden),
    };
    return { data };
  },
  isPlayed: ({ mostBits, leastGain, tagGain, kept, keptByTarget, keptDocumentsOnly }) =>
    mostBits <= MOST_BITS &&
    leastGain >= LEAST_GAIN &&
    tagGain >= LEAST_GAIN &&
    Math.min(kept, keptByTarget) >= LEAST_KEPT &&
    (keptDocumentsOnly === null || keptDocumentsOnly >= LEAST_BY_DOCUMENTS * kept),
};

/** Bits a token of held-out text by the frequencies of tokens in the variety's training messages, each counted once more (Laplace). */
function unigramBits(world: TextWorld, variety: number): number {
  const counts = new Float64Array(world.vocabulary.size).fill(1);
  const forms = new Set(world.vocabulary.forms.flat());
  const count = (token: number): void => {
    counts[token] = (counts[token] as number) + 1;
  };
  for (const message of world.messages.training)
    for (const token of written(world, messageOf(world, variety, message), ownForms(world, variety)))
      if (!forms.has(token)) count(token);
  const total = counts.reduce((sum, each) => sum + each, 0);
  const all: number[] = [];
  forEachCharacter(world, heldOutTexts(world, variety), (token) =>
    all.push(-Math.log2((counts[token] as number) / total)),
  );
  return mean(all);
}
