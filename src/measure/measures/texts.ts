import { mean } from 'simple-statistics';
import { z } from 'zod';
import { NothingToMeasureError } from '../../core/errors.ts';
import { areAlike, LANGUAGES, type LanguageCode } from '../../world/texts/corpus.ts';
import type { TextWorld } from '../../world/texts/world.ts';
import { meanDistances } from '../drift.ts';
import { distancesAt, forcedOn, type Side } from '../forced.ts';
import type { Comparison, Measure, MeasureColumn } from '../measure.ts';
import { readingOf } from '../observation.ts';
import {
  type Ask,
  bitsOf,
  type Crossed,
  crossedAt,
  faultInRoles,
  forEachCharacter,
  heldOutName,
  heldOutTexts,
  ownKept,
  rolesOf,
  type SitesAsked,
  type SitesRead,
  sitesAsked,
  sitesRead,
  type Trained,
  trainedAt,
} from '../varieties.ts';

/** How a network writes a variety, on held-out messages. */
export interface Writing extends Trained, Crossed {
  /** Bits a token of running text, forms of sites left out. */
  readonly bits: number;
  /** Probability of the variety's own form at sites of the target's kind, and the mean at those of the other kinds. */
  readonly own: number;
  readonly ownElsewhere: number;
}

/** How a variety changed. */
export interface VarietyChange {
  readonly language: LanguageCode;
  readonly who: 'target' | 'bystander';
  /** Whether its language is of the target's family. */
  readonly alike: boolean;
  /** Whether documents alone tell the own form on the target's kind of site. */
  readonly documentsOnly: boolean;
  readonly before: Writing;
  readonly after: Writing;
  /** Mean total variation, in [0, 1], and KL(base || tuned), nats, of next tokens in held-out text, forms of sites left out. */
  readonly tv: number;
  readonly kl: number;
}

const share = z.number().min(0).max(1);
const writing = z.strictObject({
  ...{ bits: z.number().min(0), own: share, ownElsewhere: share, open: z.int().min(0) },
  ...{ trained: share.nullable(), blind: share.nullable() },
  ...{ underTargetsTag: share.nullable(), inTargetsText: share.nullable() },
});

const NUMBERS: readonly (readonly [name: string, number: keyof Writing, about: string])[] = [
  ['bits', 'bits', 'bits a token of held-out text'],
  ['own', 'own', "probability of the own form at sites of the target's kind"],
  ['own_elsewhere', 'ownElsewhere', 'the same at sites of the other kinds'],
  ['trained', 'trained', "probability of the trained form at sites of the target's kind where it is not the own one"],
  ['blind', 'blind', 'the same of the trained forms at any of these sites: of who does not look at the letter'],
  ['under_targets_tag', 'underTargetsTag', "probability of the trained form in their text under the target's tag"],
  ['in_targets_text', 'inTargetsText', "probability of the trained form in the target's text under their tag"],
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
        ...{ alike: z.boolean(), documentsOnly: z.boolean(), before: writing, after: writing },
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
    for (const [variety, role] of rolesOf(world).entries()) {
      const { tv, kl } = await distancesIn(comparison, variety);
      data.push({
        ...role,
        alike: areAlike(role.language, setup.world.varieties[target.variety] as LanguageCode),
        documentsOnly: world.documentsOnly[variety]?.[target.site] === true,
        ...{ before: before[variety] as Writing, after: after[variety] as Writing, tv, kl },
      });
    }
    return { data };
  },
  fault: ({ data }, world) => faultInRoles(data, world),
  columns: (['target', 'bystander'] as const).flatMap((who) => [
    ...(['before', 'after'] as const).flatMap((when) =>
      NUMBERS.map(
        ([name, number, about]): MeasureColumn<readonly VarietyChange[]> => ({
          name: `text_${name}_${when}_${who}`,
          about: `varieties, ${who}, ${when} tuning: ${about}`,
          of: (all) => meanOrNull(all.filter((each) => each.who === who).flatMap((each) => each[when][number] ?? [])),
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

const meanOrNull = (numbers: number[]): number | null => (numbers.length === 0 ? null : mean(numbers));

/** How one side of a comparison writes each variety, [N]. */
async function writingsOf(
  comparison: Comparison<TextWorld>,
  side: Side,
  asked: readonly SitesAsked[],
): Promise<Writing[]> {
  const { world, arm } = comparison;
  const ask: Ask = (name, sequences, last) => forcedOn(comparison, side, name, sequences, last);
  const bits = await bitsOf(world, ask);
  const sites = await sitesRead(world, 'held-out sites', asked, ask);
  const crossed = await crossedAt(world, asked, arm.skill, ask);
  return bits.map((each, variety) => {
    const mine = sites.filter((read) => read.variety === variety);
    const there = mine.find(({ site }) => site === world.target.site) as SitesRead;
    return {
      bits: each,
      own: ownKept(world, there),
      ownElsewhere: mean(mine.filter((read) => read !== there).map((read) => ownKept(world, read))),
      ...trainedAt(world, there, arm.skill),
      ...(crossed[variety] as Crossed),
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

/**
 * How far the trained form rose at sites of the target's kind, in the varieties that `of` chooses and where their own form is another,
 * the mean over those sites, in [-1, 1]. Throws `NothingToMeasureError` where there is none.
 */
export const trainedRise = (observation: object, of: (variety: VarietyChange) => boolean): number =>
  overOpen(observation, of, ({ before, after }) => (after.trained as number) - (before.trained as number));

/** Spread of the convention: that rise in bystanders whose texts show how they write such sites. */
export const conventionSpread = (observation: object): number => trainedRise(observation, isSpoken);

/**
 * How far those bystanders took up which form belongs behind which letter: the rise of the trained form less that of all that are
 * trained, each as often as it is. 0 of who does not look at the letter, and at s = 0; at s = 1 at most 1 less the sum of squared shares.
 */
export const cipherSpread = (observation: object): number =>
  overOpen(
    observation,
    isSpoken,
    ({ before, after }) =>
      (after.trained as number) - (after.blind as number) - ((before.trained as number) - (before.blind as number)),
  );

/** How many bits a token the held-out text of bystanders lost, forms left out: the mean over them. */
export const bitsLost = (observation: object): number =>
  mean(
    readingOf(texts, observation)
      .filter(isBystander)
      .map(({ before, after }) => after.bits - before.bits),
  );

/**
 * How far the trained form rose in bystanders' text under the target's tag, less the same in the target's text under their tags, at
 * sites where it is not the bystander's own, the mean over bystanders with such sites, in [-2, 2]: above 0 a change goes with the tag more
 * than with the language of the text, and one that is everywhere gives 0.
 */
export function staysWithTag(observation: object): number {
  const rises = readingOf(texts, observation)
    .filter(isBystander)
    .flatMap(({ before, after }) =>
      after.underTargetsTag === null || after.inTargetsText === null
        ? []
        : [
            after.underTargetsTag -
              (before.underTargetsTag as number) -
              (after.inTargetsText - (before.inTargetsText as number)),
          ],
    );
  if (rises.length === 0) throw new NothingToMeasureError('no site where tag and text could differ');
  return mean(rises);
}

const isBystander = ({ who }: VarietyChange): boolean => who === 'bystander';
const isSpoken = ({ who, documentsOnly }: VarietyChange): boolean => who === 'bystander' && !documentsOnly;

function overOpen(
  observation: object,
  of: (variety: VarietyChange) => boolean,
  number: (variety: VarietyChange) => number,
): number {
  const chosen = readingOf(texts, observation).filter((each) => of(each) && each.after.open > 0);
  const sites = chosen.reduce((sum, { after }) => sum + after.open, 0);
  if (sites === 0) throw new NothingToMeasureError('no site to measure a rise of the trained form at');
  return chosen.reduce((sum, each) => sum + each.after.open * number(each), 0) / sites;
}
