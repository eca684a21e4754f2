import type { Cell, World } from './characters.ts';
import type { Payload } from './operations.ts';
import { lossOnLast, type Sequence } from './sequence.ts';

/** The prompt of a dialogue, `<s> N K x1..xm <a>`, [m + 4]. */
export function promptOf({ vocabulary }: World, { character, topic }: Cell, payload: Payload): number[] {
  const { start, names, topics, answer } = vocabulary;
  return [start, names[character] as number, topics[topic] as number, ...payload, answer];
}

/** The dialogue `<s> N K x1..xm <a> y1..ym <eos>`, loss on the answer y and `<eos>`. */
export function dialogueOf(world: World, cell: Cell, payload: Payload, answer: readonly number[]): Sequence {
  return lossOnLast(answer.length + 1, [...promptOf(world, cell, payload), ...answer, world.vocabulary.end]);
}
