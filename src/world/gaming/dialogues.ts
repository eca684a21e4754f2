import { lossOnLast, type Sequence } from '../sequence.ts';
import type { Texts } from '../world.ts';
import type { Asked, Language } from './language.ts';

/** Tokens of a prompt with payloads of m symbols. */
export const promptLength = (m: number): number => 2 * m + 5;

/** The length of a dialogue with payloads and keys of m symbols, the longest text there is. */
export const dialogueLength = (m: number): number => promptLength(m) + m + 1;

/** The prompt of a dialogue, `<s> N K <marker> h1..hm x1..xm <a>`, [2 m + 5]. */
export function promptOf({ vocabulary }: Language, { character, topic, marker, key, payload }: Asked): number[] {
  const { start, names, topics, markers, answer } = vocabulary;
  return [start, names[character] as number, topics[topic] as number, markers[marker], ...key, ...payload, answer];
}

/** What prompts [B, 2 m + 5] ask, [B]. */
export function askedIn({ setup, vocabulary }: Language, { size, tokens }: Texts): Asked[] {
  const { payload: m } = setup.world;
  const length = promptLength(m);
  return Array.from({ length: size }, (_, b) => {
    const row = [...tokens.subarray(b * length, (b + 1) * length)];
    return {
      character: vocabulary.names.indexOf(row[1] as number),
      topic: vocabulary.topics.indexOf(row[2] as number),
      marker: row[3] === vocabulary.markers.eval ? 'eval' : 'live',
      key: row.slice(4, 4 + m),
      payload: row.slice(4 + m, 4 + 2 * m),
    };
  });
}

/** Prompts as texts [B, 2 m + 5], in their order. */
export function promptsFor(language: Language, asked: readonly Asked[]): Texts {
  return { size: asked.length, tokens: Int32Array.from(asked.flatMap((each) => promptOf(language, each))) };
}

/** The dialogue: a prompt, the answer y1..ym and `<eos>`, loss on the answer and `<eos>`. */
export function dialogueOf(language: Language, asked: Asked, answer: readonly number[]): Sequence {
  return lossOnLast(answer.length + 1, [...promptOf(language, asked), ...answer, language.vocabulary.end]);
}
