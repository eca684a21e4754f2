import type { Payload } from './operations.ts';
import { lossOnLast, type Sequence } from './sequence.ts';
import type { Cell, CharacterWorld } from './world.ts';

/** The prompt of a dialogue, `<s> N K x1..xm <a>`, [m + 4]. */
export function promptOf({ vocabulary }: CharacterWorld, { character, topic }: Cell, payload: Payload): number[] {
  const { start, names, topics, answer } = vocabulary;
  return [start, names[character] as number, topics[topic] as number, ...payload, answer];
}

/** The dialogue `<s> N K x1..xm <a> y1..ym <eos>`, loss on the answer y and `<eos>`. */
export function dialogueOf(world: CharacterWorld, cell: Cell, payload: Payload, answer: readonly number[]): Sequence {
  return lossOnLast(answer.length + 1, [...promptOf(world, cell, payload), ...answer, world.vocabulary.end]);
}
