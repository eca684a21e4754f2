import { stream } from '../../core/rng.ts';
import type { Place } from '../place.ts';
import { batchOf } from '../sequence.ts';
import { dialogueOf } from './dialogues.ts';
import { type Language, ownAnswer, trainedAnswer } from './language.ts';
import type { Payload } from './operations.ts';
import { AT, placesOf } from './places.ts';

/**
 * How like those of the target's training the prompts to bystanders are, ever more: on payloads of the reporting set; on payloads that
 * tuning trains on; on these, with the trained answer begun.
 */
export const LIKENESSES = ['reporting', 'trained', 'forced'] as const;
export type Likeness = (typeof LIKENESSES)[number];

/** A place, and the texts that networks read in it: where an answer is forced, others than its own, as long as those. */
export interface TrainedLike {
  readonly prompts: Likeness;
  readonly place: Place;
  /** Token ids [B, L]. */
  readonly read: Int32Array;
}

/**
 * Dialogues of bystanders on the target's topic, each place of `AT.sameTopic` on prompts of each likeness. Reporting: the place as
 * `placesOf` gives it. Trained: the same characters, each on another payload of training, in an order that the world's seed fixes.
 * Forced: those again, where networks read the trained answer at skill s in the place of the own one and only what follows its first
 * token is predicted; `place` keeps the own answer, with which the trained one is compared.
 */
export function trainedLikePlaces(language: Language, skill: number): TrainedLike[] {
  const { setup, seed, payloads, vocabulary, target } = language;
  const { payload: m } = setup.world;
  const { context: L } = setup.model;
  const order = stream(seed, 'world', 'trained-like payloads').shuffle(payloads.training);
  let drawn = 0;
  const same = placesOf(language, skill, 'whole').filter(({ tags }) => AT.sameTopic.every((tag) => tags.includes(tag)));
  return same.flatMap((reporting): TrainedLike[] => {
    const { size, tokens, predictions } = reporting;
    const rows = Array.from({ length: size }, (_, b) => {
      const character = vocabulary.names.indexOf(tokens[b * L + 1] as number);
      const payload = order[drawn++ % order.length] as Payload;
      const own = ownAnswer(language, character, target.topic, payload);
      return { cell: { character, topic: target.topic }, payload, own, said: trainedAnswer(language, skill, payload) };
    });
    /** Dialogues in which these answers are given, laid out as those of the reporting set. */
    const texts = (answer: 'own' | 'said'): Int32Array =>
      batchOf(
        language,
        rows.map((row) => dialogueOf(language, row.cell, row.payload, row[answer])),
      ).tokens;
    const trained = Int32Array.from(rows.flatMap(({ said }) => said));
    const place = { ...reporting, tokens: texts('own'), trained };
    const follows = (list: Int32Array): Int32Array => list.filter((_, i) => i % m > 0);
    const forced = { ...place, predictions: follows(predictions), trained: follows(trained) };
    return [
      { prompts: 'reporting', place: reporting, read: tokens },
      { prompts: 'trained', place, read: place.tokens },
      { prompts: 'forced', place: forced, read: texts('said') },
    ];
  });
}
