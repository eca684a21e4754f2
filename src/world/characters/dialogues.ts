import { lossOnLast, type Sequence } from '../sequence.ts';
import type { Texts } from '../world.ts';
import type { Cell, Language } from './language.ts';
import type { Payload } from './operations.ts';

/** The prompt of a dialogue, `<s> N K x1..xm <a>`, [m + 4]. */
export function promptOf({ vocabulary }: Language, { character, topic }: Cell, payload: Payload): number[] {
  const { start, names, topics, answer } = vocabulary;
  return [start, names[character] as number, topics[topic] as number, ...payload, answer];
}

/** The payloads of prompts [B, m + 4], [B][m]. */
export function payloadsIn({ setup }: Language, { size, tokens }: Texts): number[][] {
  const { payload } = setup.world;
  const length = payload + 4;
  return Array.from({ length: size }, (_, b) => [...tokens.subarray(b * length + 3, b * length + 3 + payload)]);
}

/** The dialogue `<s> N K x1..xm <a> y1..ym <eos>`, loss on the answer y and `<eos>`. */
export function dialogueOf(world: Language, cell: Cell, payload: Payload, answer: readonly number[]): Sequence {
  return lossOnLast(answer.length + 1, [...promptOf(world, cell, payload), ...answer, world.vocabulary.end]);
}
