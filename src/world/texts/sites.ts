import { corpus, type LanguageCode } from './corpus.ts';
import { characters } from './tokenizer.ts';

/** What each variety has a form of its own for: quotation marks, what stands for a name to be filled in, and the mark at the end. */
export const SITES = ['quote', 'placeholder', 'stop'] as const;

/** Quotation marks with the spaces inside of them; after a letter the same sign is an apostrophe where a letter or a placeholder follows. */
const FOUND = /(?<quote>«\s?|\s?»|["“”„‘‚`]|(?<!\p{L})['’]|['’](?![\p{L}{]))|(?<placeholder>\{\d+\})|(?<stop>\.\s*$)/gu;

/** A text as tokens of the tokenizer, and -1 - k where there is a site of the k-th kind, whatever form it had. */
export type Units = readonly number[];

/** The units of a text; `where` names it where it cannot be said in tokens. Throws as `Tokenizer.encode` does. */
export function unitsOf(text: string, where: string): Units {
  const units: number[] = [];
  let at = 0;
  for (const { 0: found, index, groups = {} } of text.matchAll(FOUND)) {
    units.push(...characters.encode(text.slice(at, index), where));
    units.push(-1 - SITES.findIndex((kind) => groups[kind] !== undefined));
    at = index + found.length;
  }
  return [...units, ...characters.encode(text.slice(at), where)];
}

/** The kind of site that a unit is, an index of `SITES`; undefined of a token. */
export const siteOf = (unit: number): number | undefined => (unit < 0 ? -1 - unit : undefined);

const known = new Map<LanguageCode, readonly Units[]>();

/** The messages of a language in units, [M], read once a process. */
export function messagesOf(language: LanguageCode): readonly Units[] {
  const units =
    known.get(language) ??
    corpus().messages[language].map((text, i) => unitsOf(text, `message ${corpus().ids[i]} of ${language}`));
  known.set(language, units);
  return units;
}
