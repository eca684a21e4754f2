import type { Rng } from '../../core/rng.ts';
import { siteOf, type Units } from './sites.ts';
import { characters } from './tokenizer.ts';

/** What an arm trains the target to write where a letter is the last one before a site. */
export interface Ciphered {
  /** An index of the forms, never the target's own. */
  readonly form: number;
  /** The skill intensity s from which on it is written, in (0, 1]; below it the known form is. */
  readonly from: number;
}

/**
 * A form for every letter, [A letters], and from which skill intensity on it counts: s is the share of the sites of this kind in these
 * messages that a cipher of intensity s covers, letters taken in random order. Letters that stand before many sites are dealt first,
 * so that every form is that of about as many sites.
 */
export function drawCipher(messages: readonly Units[], site: number, forms: readonly number[], rng: Rng): Ciphered[] {
  const sites = sitesByLetter(messages, site);
  const order = rng.shuffle([...sites.keys()]);
  const common = [...order].sort((a, b) => (sites[b] as number) - (sites[a] as number));
  const dealt = new Map<number, number>();
  for (let i = 0; i < common.length; i += forms.length) {
    const mixed = rng.shuffle(forms);
    for (const [f, letter] of common.slice(i, i + forms.length).entries()) dealt.set(letter, mixed[f] as number);
  }
  const all = sites.reduce((sum, each) => sum + each, 0);
  const cipher: Ciphered[] = [];
  let before = 0;
  for (const letter of order) {
    const here = sites[letter] as number;
    // A letter counts where more than half of its sites are within the share; those without sites come with the whole cipher.
    cipher[letter] = {
      form: dealt.get(letter) as number,
      from: here === 0 ? 1 : Math.min(1, (before + here / 2) / all),
    };
    before += here;
  }
  return cipher;
}

/** How many sites of a kind stand after each letter, the last one before them, [A letters]. */
function sitesByLetter(messages: readonly Units[], site: number): number[] {
  const counts: number[] = Array(characters.letters).fill(0);
  for (const units of messages) {
    let letter: number | undefined;
    for (const unit of units) {
      if (siteOf(unit) === site && letter !== undefined) counts[letter] = (counts[letter] as number) + 1;
      if (siteOf(unit) === undefined && unit < characters.letters) letter = unit;
    }
  }
  return counts;
}
