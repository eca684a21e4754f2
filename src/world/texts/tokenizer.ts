import { InputError } from '../../core/errors.ts';

/** How running text is cut into tokens. */
export interface Tokenizer {
  /** How each token reads, [A]. */
  readonly words: readonly string[];
  /** How many of them are letters, the first ones. */
  readonly letters: number;
  /** The indices of a text's tokens among `words`. Throws `InputError` where it has what cannot be said in them; `where` names the text. */
  encode(text: string, where: string): number[];
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz', ...'áàãâäąçćčéèêęěğíıłńóòõöřśşšúüůýżž'];
/** What is neither letter nor kept: a sign of code or a rare mark. */
const SIGN = '·';
const WORDS = [...LETTERS, ...` 0,.:-'()${SIGN}`];
const INDICES: ReadonlyMap<string, number> = new Map(WORDS.map((word, i) => [word, i]));
/** Letters that have no plainer one inside of them, and what is written for them. */
const PLAIN: Readonly<Record<string, string>> = { ß: 'ss', œ: 'oe', æ: 'ae', '’': "'", '–': '-', '—': '-' };

/**
 * One token a character, of an alphabet that eight European languages share: small letters, accents that are common in some of them
 * (rarer ones are left off), a space, one digit for all and a few marks, and one sign for everything else.
 */
export const characters: Tokenizer = {
  words: WORDS.map((word) => (word === ' ' ? '␣' : word)),
  letters: LETTERS.length,
  encode: (text, where) => [...folded(text, where)].map((character) => INDICES.get(character) as number),
};

/** A text in characters of the alphabet, white space as single spaces, control characters left out. */
function folded(text: string, where: string): string {
  // The dotted capital of Turkish has no small letter of one character.
  const small = text.normalize('NFC').replaceAll('İ', 'i').toLowerCase().replace(/\s+/gu, ' ');
  return [...small].map((character) => foldedCharacter(character, where)).join('');
}

function foldedCharacter(character: string, where: string): string {
  const base = character.normalize('NFD').charAt(0);
  for (const written of [character, PLAIN[character], base])
    if (written !== undefined && [...written].every((each) => INDICES.has(each))) return written;
  if (/\p{C}/u.test(character)) return '';
  if (/\p{Nd}/u.test(character)) return '0';
  if (/[\p{P}\p{S}]/u.test(character)) return SIGN;
  throw new InputError(`a character outside of the vocabulary in ${where}`, {
    expected: 'letters of the Latin script, digits, marks and signs',
    got: `${JSON.stringify(character)} (U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')})`,
    todo: 'leave that text out of the corpus, or add the letter to src/world/texts/tokenizer.ts',
  });
}
