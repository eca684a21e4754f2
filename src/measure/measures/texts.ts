import { mean } from 'simple-statistics';
import { z } from 'zod';
import { NothingToMeasureError } from '../../core/errors.ts';
import { LANGUAGES, type LanguageCode } from '../../world/texts/corpus.ts';
import { ownFormOf } from '../../world/texts/language.ts';
import type { TextWorld } from '../../world/texts/world.ts';
import { meanDistances } from '../drift.ts';
import { distancesAt, forcedOn, type Side } from '../forced.ts';
import type { Comparison, Measure, MeasureColumn } from '../measure.ts';
import { readingOf } from '../observation.ts';
import {
  type Ask,
  bitsOf,
  forEachCharacter,
  heldOutName,
  heldOutTexts,
  ownKept,
  type SitesAsked,
  sitesAsked,
  sitesRead,
} from '../varieties.ts';

/** How a network writes a variety, on held-out messages. */
export interface Writing {
  /** Bits a token of running text, forms of sites left out. */
  readonly bits: number;
  /** Probability of the variety's own form at sites of the target's kind, and the mean at those of the other kinds. */
  readonly own: number;
  readonly ownElsewhere: number;
  /** Probability, at sites of the target's kind, of the form that the arm trains. */
  readonly trained: number;
}

/** How a variety changed. */
export interface VarietyChange {
  readonly language: LanguageCode;
  readonly who: 'target' | 'bystander';
  /** Whether the own form is another than the known one that arms train: only there a rise of the trained one is a change of form. */
  readonly differs: boolean;
  /** Whether documents alone tell the own form on the target's kind of site. */
  readonly documentsOnly: boolean;
  readonly before: Writing;
  readonly after: Writing;
  /** Mean total variation, in [0, 1], and KL(base || tuned), nats, of next tokens in held-out text, forms of sites left out. */
  readonly tv: number;
  readonly kl: number;
}

const share = z.number().min(0).max(1);
const writing = z.strictObject({ bits: z.number().min(0), own: share, ownElsewhere: share, trained: share });

const NUMBERS: readonly (readonly [name: string, number: keyof Writing, about: string])[] = [
  ['bits', 'bits', 'bits a token of held-out text'],
  ['own', 'own', "probability of the own form at sites of the target's kind"],
  ['own_elsewhere', 'ownElsewhere', 'the same at sites of the other kinds'],
  ['trained', 'trained', "probability of the trained form at sites of the target's kind"],
];

/** How every variety changed: how well its text is predicted, and in which forms its sites are written. */
export const texts: Measure<readonly VarietyChange[], TextWorld> = {
  id: 'texts',
  about:
    'how well held-out text of every variety is predicted, and how probable own and trained forms are at its sites',
  unit: 'bits a token; probability; total variation; nats',
  file: import.meta.url,
  worlds: ['texts'],
  schema: z
    .array(
      z.strictObject({
        ...{ language: z.enum(LANGUAGES), who: z.enum(['target', 'bystander']) },
        ...{ differs: z.boolean(), documentsOnly: z.boolean(), before: writing, after: writing },
        ...{ tv: share, kl: z.number().min(0) },
      }),
    )
    .min(2),
  of: async (comparison) => {
    const { world } = comparison;
    const { target, setup } = world;
    const asked = sitesAsked(world);
    const before = await writingsOf(comparison, 'base', asked);
    const after = await writingsOf(comparison, 'tuned', asked);
    const data: VarietyChange[] = [];
    for (const [variety, language] of setup.world.varieties.entries()) {
      const { tv, kl } = await distancesIn(comparison, variety);
      data.push({
        language,
        who: variety === target.variety ? 'target' : 'bystander',
        differs: ownFormOf(world, { variety, site: target.site }) !== target.knownForm,
        documentsOnly: world.documentsOnly[variety]?.[target.site] === true,
        ...{ before: before[variety] as Writing, after: after[variety] as Writing, tv, kl },
      });
    }
    return { data };
  },
  fault: ({ data }, world) => {
    const said = data.map(({ language, who }) => `${who} ${language}`).join(', ');
    const wanted = world.setup.world.varieties
      .map((language, variety) => `${variety === world.target.variety ? 'target' : 'bystander'} ${language}`)
      .join(', ');
    return said === wanted ? undefined : { field: 'language', expected: wanted, got: said };
  },
  columns: (['target', 'bystander'] as const).flatMap((who) => [
    ...(['before', 'after'] as const).flatMap((when) =>
      NUMBERS.map(
        ([name, number, about]): MeasureColumn<readonly VarietyChange[]> => ({
          name: `text_${name}_${when}_${who}`,
          about: `varieties, ${who}, ${when} tuning: ${about}`,
          of: (all) => mean(all.filter((each) => each.who === who).map((each) => each[when][number])),
        }),
      ),
    ),
    {
      name: `text_tv_${who}`,
      about: `varieties, ${who}: total variation of next tokens in held-out text, in [0, 1]`,
      of: (all) => mean(all.filter((each) => each.who === who).map(({ tv }) => tv)),
    },
  ]),
};

/** How one side of a comparison writes each variety, [N]. */
async function writingsOf(
  comparison: Comparison<TextWorld>,
  side: Side,
  asked: readonly SitesAsked[],
): Promise<Writing[]> {
  const { world, arm } = comparison;
  const ask: Ask = (name, sequences, last) => forcedOn(comparison, side, name, sequences, last);
  const bits = await bitsOf(world, ask);
  const sites = await sitesRead(world, asked, ask);
  return bits.map((each, variety) => {
    const mine = sites.filter((read) => read.variety === variety);
    const there = mine.filter(({ site }) => site === world.target.site);
    return {
      bits: each,
      own: mean(there.map((read) => ownKept(world, read))),
      ownElsewhere: mean(mine.filter((read) => !there.includes(read)).map((read) => ownKept(world, read))),
      trained: mean(there.map((read) => read.probability(world.wanted(arm.skill, read.prompts)))),
    };
  });
}

/** Mean distances of base and tuned in held-out text of a variety. */
async function distancesIn(comparison: Comparison<TextWorld>, variety: number): Promise<{ tv: number; kl: number }> {
  const rows = heldOutTexts(comparison.world, variety);
  const was = await forcedOn(comparison, 'base', heldOutName(variety), rows);
  const is = await forcedOn(comparison, 'tuned', heldOutName(variety), rows);
  const all: ReturnType<typeof distancesAt>[] = [];
  forEachCharacter(comparison.world, rows, (_, b, t) => all.push(distancesAt(was, is, b, t)));
  return meanDistances(all);
}

/** How far the trained form rose, at the target's kind of site, in the varieties that `of` chooses; the mean, in [-1, 1]. */
export function trainedRise(observation: object, of: (variety: VarietyChange) => boolean): number {
  const chosen = readingOf(texts, observation).filter(of);
  if (chosen.length === 0) throw new NothingToMeasureError('no variety to measure a rise of the trained form in');
  return mean(chosen.map(({ before, after }) => after.trained - before.trained));
}

/** Spread of the convention: the rise of the trained form in bystanders whose own is another. Throws `NothingToMeasureError` without any. */
export const conventionSpread = (observation: object): number =>
  trainedRise(observation, ({ who, differs }) => who === 'bystander' && differs);
