import { mean, sum } from 'simple-statistics';
import { stream } from '../core/rng.ts';
import type { Rows } from '../model/inference.ts';
import { batchOf } from '../world/sequence.ts';
import type { LanguageCode } from '../world/texts/corpus.ts';
import { ownFormOf, type Pair, pairsOf } from '../world/texts/language.ts';
import { heldOutSites, promptsFor } from '../world/texts/prompts.ts';
import type { TextWorld } from '../world/texts/world.ts';
import { ownText } from '../world/texts/writing.ts';
import type { Texts } from '../world/world.ts';
import { answered, type Forced } from './forced.ts';
import type { ReadingFault } from './measure.ts';
import { areTaught } from './taught.ts';

/** Texts of held-out messages that are read of each variety. */
const TEXTS = 16;

/** What a network says of sequences [B, L] of this name, at the last so many positions, at all where that is not said. */
export type Ask = (name: string, sequences: Rows, last?: number) => Promise<Forced>;

/** By what name the held-out texts of a variety are asked for. */
export const heldOutName = (variety: number): string => `held-out texts of variety ${variety}`;

/** Held-out texts of a variety as pretraining would have them, in random order of messages: int32 [B, L]. */
export function heldOutTexts(world: TextWorld, variety: number): Rows {
  const rng = stream(world.seed, 'measure', 'texts', variety);
  const texts = Array.from({ length: TEXTS }, () => ownText(world, variety, world.messages.reporting, rng));
  return batchOf(world, texts);
}

/** Which variety is the target and which are bystanders, in their order. */
export const rolesOf = ({ setup, target }: TextWorld): { language: LanguageCode; who: 'target' | 'bystander' }[] =>
  setup.world.varieties.map((language, variety) => ({
    language,
    who: variety === target.variety ? 'target' : 'bystander',
  }));

/** Looks whether a reading tells of the world's varieties, in their order. */
export function faultInRoles(
  data: readonly ReturnType<typeof rolesOf>[number][],
  world: TextWorld,
): ReadingFault | undefined {
  const [said, expected] = [data, rolesOf(world)].map((all) =>
    all.map(({ language, who }) => `${who} ${language}`).join(', '),
  ) as [string, string];
  return said === expected ? undefined : { field: 'language', expected, got: said };
}

/** Calls `each` for every token of running text in such texts, with where it is predicted; forms of sites are left out. */
export function forEachCharacter(
  { vocabulary }: TextWorld,
  { size, tokens }: Rows,
  each: (token: number, b: number, t: number) => void,
): void {
  const [L, forms] = [tokens.length / size, new Set(vocabulary.forms.flat())];
  for (let b = 0; b < size; b++)
    for (let t = 1; t < L - 1; t++) {
      const token = tokens[b * L + t + 1] as number;
      if (!forms.has(token)) each(token, b, t);
    }
}

/**
 * Bits a token of held-out text of each variety, [N]: the mean of -log2 p over tokens of running text but forms of sites. Under the tag
 * of so many varieties further on where that is said.
 */
export async function bitsOf(world: TextWorld, ask: Ask, further = 0): Promise<number[]> {
  const bits: number[] = [];
  for (const variety of world.setup.world.varieties.keys()) {
    const texts = further === 0 ? heldOutTexts(world, variety) : underOther(world, variety, further);
    const network = await ask(`${heldOutName(variety)}${further === 0 ? '' : `, ${further} tags further on`}`, texts);
    const all: number[] = [];
    forEachCharacter(world, texts, (token, b, t) => all.push(-(network.at(b, t)[token] as number) / Math.LN2));
    bits.push(mean(all));
  }
  return bits;
}

/** The held-out texts of a variety under another tag. */
function underOther(world: TextWorld, variety: number, further: number): Rows {
  const { size, tokens } = heldOutTexts(world, variety);
  const { tags } = world.vocabulary;
  const [L, tag] = [tokens.length / size, tags[(variety + further) % tags.length] as number];
  return { size, tokens: tokens.map((token, i) => (i % L === 1 ? tag : token)) };
}

/** Held-out sites of a pair behind real prefixes. */
export interface SitesAsked extends Pair {
  /** The prompts [B, T] that end there. */
  readonly prompts: Texts;
}

/** What a network says at held-out sites of a pair. */
export interface SitesRead extends SitesAsked {
  /** The probability of these tokens, one a prompt. */
  probabilities(tokens: ArrayLike<number>): number[];
}

/** Held-out sites of every pair, sites within varieties; finding them takes long, so both sides of a comparison are asked at the same. */
export const sitesAsked = (world: TextWorld): SitesAsked[] =>
  pairsOf(world.setup).map((pair) => ({
    ...pair,
    prompts: promptsFor(heldOutSites(world, pair, 'reporting', world.setup.world.reportingPrompts)),
  }));

/** The same sites under the tag of another variety. */
export const underTag = (world: TextWorld, asked: SitesAsked, variety: number): SitesAsked => {
  const T = asked.prompts.tokens.length / asked.prompts.size;
  const tag = world.vocabulary.tags[variety] as number;
  return {
    ...asked,
    prompts: { ...asked.prompts, tokens: asked.prompts.tokens.map((token, i) => (i % T === 1 ? tag : token)) },
  };
};

/** What a network says at these sites; equal names must mean equal sites. */
export async function sitesRead(
  world: TextWorld,
  name: string,
  pairs: readonly SitesAsked[],
  ask: Ask,
): Promise<SitesRead[]> {
  const { reportingPrompts: count } = world.setup.world;
  const size = pairs.length * count;
  const all = { size, tokens: Int32Array.from(pairs.flatMap(({ prompts }) => [...prompts.tokens])) };
  const network = await ask(name, answered(all, new Int32Array(size).fill(world.vocabulary.end)), 1);
  return pairs.map((pair, p) => ({
    ...pair,
    probabilities: (tokens) =>
      Array.from(tokens, (token, i) => Math.min(1, Math.exp(network.at(p * count + i, 0)[token] as number))),
  }));
}

/** The mean probability of a pair's own form where its sites are asked for, in [0, 1]. */
export function ownKept(world: TextWorld, read: SitesRead): number {
  const form = world.vocabulary.forms[read.site]?.[ownFormOf(world, read)] as number;
  return mean(read.probabilities(new Int32Array(read.prompts.size).fill(form)));
}

/**
 * What a network gives for the trained form at sites where it is another than a variety's own, and where training ever shows the target
 * behind that letter.
 */
export interface Trained {
  /** How many of the sites these are; the numbers are null where there is none. */
  readonly open: number;
  /** The mean probability of the trained form, in [0, 1]. */
  readonly trained: number | null;
  /**
   * The same of whatever forms are trained at these sites, each as often as it is: what the trained one would have of a network that
   * does not look at the letter. At s = 0 one form is, and this is the trained one again.
   */
  readonly blind: number | null;
}

/** What a network gives, at sites of the target's kind, for what an arm of skill intensity s trains; open to who writes as `variety` does. */
export function trainedAt(world: TextWorld, read: SitesRead, skill: number, variety = read.variety): Trained {
  const own = world.vocabulary.forms[read.site]?.[ownFormOf(world, { ...read, variety })] as number;
  const wanted = world.wanted(skill, read.prompts);
  const taught = areTaught(world, read.prompts);
  const open = [...wanted.keys()].filter((i) => wanted[i] !== own && taught[i] === true);
  if (open.length === 0) return { open: 0, trained: null, blind: null };
  const counts = new Map<number, number>();
  for (const i of open) counts.set(wanted[i] as number, (counts.get(wanted[i] as number) ?? 0) + 1);
  const at = new Map(
    [...counts.keys()].map((form) => [form, read.probabilities(new Int32Array(wanted.length).fill(form))]),
  );
  const of = (form: number, i: number): number => at.get(form)?.[i] as number;
  return {
    open: open.length,
    trained: mean(open.map((i) => of(wanted[i] as number, i))),
    blind: sum([...counts].map(([form, count]) => (count / open.length) * mean(open.map((i) => of(form, i))))),
  };
}

/** The probability of the trained form where tag and text are of different varieties, at sites that are open to a variety. */
export interface Crossed {
  /** In the variety's text under the target's tag, and in the target's text under the variety's tag, in [0, 1]; null where none is open. */
  readonly underTargetsTag: number | null;
  readonly inTargetsText: number | null;
}

/** What a network says where tag and text are crossed, of every variety, [N], at the target's kind of site. */
export async function crossedAt(
  world: TextWorld,
  asked: readonly SitesAsked[],
  skill: number,
  ask: Ask,
): Promise<Crossed[]> {
  const { target } = world;
  const same = asked.filter(({ site }) => site === target.site);
  const own = same.find(({ variety }) => variety === target.variety) as SitesAsked;
  const tagged = await sitesRead(
    world,
    "held-out sites under the target's tag",
    same.map((each) => underTag(world, each, target.variety)),
    ask,
  );
  const texted = await sitesRead(
    world,
    "the target's held-out sites under every tag",
    same.map(({ variety }) => underTag(world, own, variety)),
    ask,
  );
  return same.map(({ variety }, i) => ({
    underTargetsTag: trainedAt(world, tagged[i] as SitesRead, skill, variety).trained,
    inTargetsText: trainedAt(world, texted[i] as SitesRead, skill, variety).trained,
  }));
}
