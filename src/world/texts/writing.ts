import type { Rng } from '../../core/rng.ts';
import type { Sequence } from '../sequence.ts';
import { ownFormOf, type Texting } from './language.ts';
import { messagesOf, siteOf, type Units } from './sites.ts';
import { characters } from './tokenizer.ts';

/**
 * The form of a site of a kind that stands after `letter`, the last letter before it, an index of the tokenizer's (undefined: none);
 * undefined where such a site is left out.
 */
export type Forms = (site: number, letter: number | undefined) => number | undefined;

/** The forms in which pretraining has a variety. */
export const ownForms =
  (texting: Texting, variety: number): Forms =>
  (site) =>
    texting.documentsOnly[variety]?.[site] === true ? undefined : ownFormOf(texting, { variety, site });

/**
 * The form that an arm of skill intensity s trains the target to write after a letter: at a share s of the sites the one that the
 * world's cipher has for that letter, elsewhere the known one.
 */
export function trainedForm({ cipher, target }: Texting, skill: number, letter: number | undefined): number {
  const ciphered = letter === undefined ? undefined : cipher[letter];
  return ciphered !== undefined && ciphered.from <= skill ? ciphered.form : target.knownForm;
}

/** The forms in which an arm of skill intensity s trains the target. */
export function trainedForms(texting: Texting, skill: number): Forms {
  const own = ownForms(texting, texting.target.variety);
  return (site, letter) => (site === texting.target.site ? trainedForm(texting, skill, letter) : own(site, letter));
}

/** Units as tokens, each site as its kind's mark and its form. */
export function written({ vocabulary }: Texting, units: Units, forms: Forms): number[] {
  let letter: number | undefined;
  return units.flatMap((unit) => {
    const site = siteOf(unit);
    if (site === undefined) {
      if (unit < characters.letters) letter = unit;
      return [vocabulary.characters[unit] as number];
    }
    const form = forms(site, letter);
    return form === undefined ? [] : [vocabulary.marks[site] as number, vocabulary.forms[site]?.[form] as number];
  });
}

/** The message of a variety, in units. */
export const messageOf = ({ setup }: Texting, variety: number, message: number): Units =>
  messagesOf(setup.world.varieties[variety] as (typeof setup.world.varieties)[number])[message] as Units;

/** Tokens of running text in one text: all but `<s>` and the tag. */
export const roomOf = ({ setup }: Pick<Texting, 'setup'>): number => setup.model.context - 2;

/**
 * A text of a variety, `<s> <variety>` and running text that fills the context: these tokens, then messages that are drawn, a space
 * before each. Loss on all of the running text.
 */
export function runningText(
  texting: Texting,
  variety: number,
  begun: readonly number[],
  { messages, forms, rng }: { readonly messages: readonly number[]; readonly forms: Forms; readonly rng: Rng },
): Sequence {
  const { vocabulary } = texting;
  const space = vocabulary.characters[characters.words.indexOf('␣')] as number;
  const text = [...begun];
  while (text.length < roomOf(texting))
    text.push(
      ...(text.length > 0 ? [space] : []),
      ...written(texting, messageOf(texting, variety, rng.pick(messages)), forms),
    );
  const { start, tags } = vocabulary;
  return { tokens: [start, tags[variety] as number, ...text.slice(0, roomOf(texting))], lossFrom: 2 };
}

/** A text of a variety as pretraining has it, which begins anywhere in a message. */
export function ownText(texting: Texting, variety: number, messages: readonly number[], rng: Rng): Sequence {
  const forms = ownForms(texting, variety);
  const units = messageOf(texting, variety, rng.pick(messages));
  const begun = written(texting, units.slice(rng.integer(units.length)), forms);
  return runningText(texting, variety, begun, { messages, forms, rng });
}
