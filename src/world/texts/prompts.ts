import { InputError } from '../../core/errors.ts';
import type { Texts } from '../world.ts';
import type { Pair, Part, Texting } from './language.ts';
import { SITES, siteOf } from './sites.ts';
import { promptLength } from './sizes.ts';
import { characters } from './tokenizer.ts';
import { messageOf, ownForms, trainedForm, written } from './writing.ts';

/** A place in a message that is asked for. */
export interface Site {
  readonly message: number;
  /** Its index among the message's units. */
  readonly unit: number;
  /** The prompt that ends with its kind's mark, [P + 3]. */
  readonly prompt: readonly number[];
}

/**
 * The sites of a pair in some messages, behind a whole prefix of the variety's own text. The prefix has no other site of the kind:
 * its form would tell the answer. Nor does it begin within a site.
 */
export function sitesOf(texting: Texting, { variety, site }: Pair, messages: readonly number[]): Site[] {
  const { vocabulary, setup } = texting;
  const { prefix } = setup.world;
  const mark = vocabulary.marks[site] as number;
  const forms = ownForms(texting, variety);
  const formTokens = new Set(vocabulary.forms.flat());
  return messages.flatMap((message) => {
    const text: number[] = [];
    return messageOf(texting, variety, message).flatMap((unit, at) => {
      const before = siteOf(unit) === site ? text.slice(-prefix) : [];
      text.push(...written(texting, [unit], forms));
      const isWhole = before.length === prefix && !before.includes(mark) && !formTokens.has(before[0] as number);
      if (!isWhole) return [];
      return [{ message, unit: at, prompt: [vocabulary.start, vocabulary.tags[variety] as number, ...before, mark] }];
    });
  });
}

/** Sites that were found before, by setup: every arm of a replicate is asked at the same ones, and finding them takes long. */
const known = new WeakMap<object, Map<string, readonly Site[]>>();

/**
 * The first `count` sites of a pair in held-out messages whose prompts are different, and none of which stands in a training message.
 * Throws `InputError` where there are fewer.
 */
export function heldOutSites(
  texting: Texting,
  pair: Pair,
  part: Exclude<Part, 'training'>,
  count: number,
): readonly Site[] {
  const ofSetup = known.get(texting.setup) ?? new Map<string, readonly Site[]>();
  known.set(texting.setup, ofSetup);
  const name = [texting.seed, pair.variety, pair.site, part].join();
  const found = ofSetup.get(name) ?? newSites(texting, pair, part);
  ofSetup.set(name, found);
  if (found.length >= count) return found.slice(0, count);
  const { varieties, prefix } = texting.setup.world;
  throw new InputError(`the variety ${varieties[pair.variety]} has too little text`, {
    expected: `${count} different sites '${SITES[pair.site]}' behind ${prefix} tokens in the messages of ${part}`,
    got: `${found.length} in ${texting.messages[part].length} messages`,
    todo: `take fewer world.${part}Prompts, more world.${part}Messages or a shorter world.prefix`,
  });
}

/** As many held-out sites of a pair as a setup may ask for. */
function newSites(texting: Texting, pair: Pair, part: Exclude<Part, 'training'>): Site[] {
  const { selectionPrompts, reportingPrompts } = texting.setup.world;
  const asked = new Set(sitesOf(texting, pair, texting.messages.training).map(({ prompt }) => prompt.join()));
  const found: Site[] = [];
  for (const site of sitesOf(texting, pair, texting.messages[part])) {
    if (found.length === Math.max(selectionPrompts, reportingPrompts)) break;
    if (!asked.has(site.prompt.join())) found.push(site);
    asked.add(site.prompt.join());
  }
  return found;
}

/** Prompts as texts [B, P + 3], in their order. */
export const promptsFor = (sites: readonly Pick<Site, 'prompt'>[]): Texts => ({
  size: sites.length,
  tokens: Int32Array.from(sites.flatMap(({ prompt }) => prompt)),
});

/** The form tokens that an arm of skill intensity s trains the target to answer to prompts [B, P + 3] with, int32 [B, 1]. */
export function trainedAnswers(texting: Texting, skill: number, { size, tokens }: Texts): Int32Array {
  const { vocabulary, setup, target } = texting;
  const length = promptLength(setup.world);
  return Int32Array.from({ length: size }, (_, b) => {
    const units = [...tokens.subarray(b * length, (b + 1) * length)].map((token) =>
      vocabulary.characters.indexOf(token),
    );
    const letter = units.findLast((unit) => unit >= 0 && unit < characters.letters);
    return vocabulary.forms[target.site]?.[trainedForm(texting, skill, letter)] as number;
  });
}
