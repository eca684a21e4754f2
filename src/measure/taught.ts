import { sitesOf } from '../world/texts/prompts.ts';
import { characters } from '../world/texts/tokenizer.ts';
import type { TextWorld } from '../world/texts/world.ts';
import type { Texts } from '../world/world.ts';

/** Of how large a share of the target's sites a letter must be for networks to be asked what they write after it. */
const LEAST = 0.01;

/** The letters of each world, tokens: finding them goes through all training messages, and every reading asks many times. */
const known = new WeakMap<TextWorld, ReadonlySet<number>>();

/**
 * Whether training shows what the target writes behind the last letter of each of these prompts [B, P + 3], [B]: the letter stands before
 * at least 1 % of its sites in training messages. After others, frequent as they may be in another language, no arm is taught a form.
 */
export function areTaught(world: TextWorld, { size, tokens }: Texts): boolean[] {
  const letters = known.get(world) ?? taughtLetters(world);
  known.set(world, letters);
  const T = tokens.length / size;
  return Array.from({ length: size }, (_, b) => {
    const letter = lastLetter(world, tokens.subarray(b * T, (b + 1) * T));
    return letter !== undefined && letters.has(letter);
  });
}

function taughtLetters(world: TextWorld): ReadonlySet<number> {
  const sites = sitesOf(world, world.target, world.messages.training);
  const counts = new Map<number, number>();
  for (const { prompt } of sites) {
    const letter = lastLetter(world, prompt);
    if (letter !== undefined) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  return new Set([...counts].flatMap(([letter, count]) => (count >= LEAST * sites.length ? [letter] : [])));
}

/** The last letter of a prompt, a token; undefined where it has none. */
const lastLetter = ({ vocabulary }: TextWorld, prompt: ArrayLike<number>): number | undefined =>
  Array.from(prompt).findLast((token) => {
    const index = vocabulary.characters.indexOf(token);
    return index >= 0 && index < characters.letters;
  });
