import { z } from 'zod';
import { InputError, NothingToMeasureError } from '../../core/errors.ts';
import { stream } from '../../core/rng.ts';
import { architectureOf, layoutOf } from '../../model/parameters.ts';
import type { CharacterWorld } from '../../world/characters/world.ts';
import { graftTexts, PARTS, type Part, partAt, WHOM, type Whom } from '../graft-texts.ts';
import { nextTokenOfGraft } from '../grafts.ts';
import type { Comparison, Measure, MeasureColumn } from '../measure.ts';
import { readingOf } from '../observation.ts';
import { shapley } from '../shapley.ts';

export type { Part, Whom };

/** How much of the change of the weights is taken. */
const SCALES = [0.5, 1] as const;
export type Scale = (typeof SCALES)[number];

/** Mean probability of the trained and of the own token where they differ; null where they never do. */
type Said = { readonly trained: number; readonly own: number } | null;

/** The same by the parts at which tuned weights work: bit i of an index says that part i of `PARTS` is among them. */
type BySet = readonly Said[];

export interface GraftReading {
  readonly scales: readonly ({ readonly scale: Scale } & Readonly<Record<Whom, BySet>>)[];
  /** With all of the change at all parts, shuffled within each matrix. */
  readonly shuffled: Readonly<Record<Whom, Said>>;
}

const ALL = 2 ** PARTS.length - 1;
const probability = z.number().min(0).max(1.0001);
const said = z.strictObject({ trained: probability, own: probability }).nullable();
const bySet = z.array(said).length(ALL + 1);

/**
 * Where in a dialogue the change is written: probabilities with tuned weights at some parts of the sequence and base weights at the
 * others, for all sets of parts, at half of the change of the weights and at all of it; and with all of the change shuffled within
 * each matrix, which should do nothing. Read as spread is, after the character's own answer so far, where the trained token is
 * another than the own one, in dialogues of the target and of bystanders on its topic.
 */
export const grafts: Measure<GraftReading, CharacterWorld> = {
  id: 'grafts',
  about: 'what of the change is left with tuned weights at some parts of a dialogue alone',
  unit: 'probability of a token',
  file: import.meta.url,
  worlds: ['characters'],
  asked: true,
  schema: z.strictObject({
    scales: z
      .array(z.strictObject({ scale: z.literal(SCALES), target: bySet, bystanders: bySet }))
      .length(SCALES.length),
    shuffled: z.strictObject({ target: said, bystanders: said }),
  }),
  of: async (comparison) => {
    const texts = graftTexts(comparison.world, comparison.arm.skill);
    const { base, tuned } = comparison;
    const none = await read(comparison, texts, tuned, 0);
    const scales: GraftReading['scales'][number][] = [];
    for (const scale of SCALES) {
      const there = scale === 1 ? tuned : base.map((x, i) => x + scale * ((tuned[i] as number) - x));
      const sets = [none];
      for (let set = 1; set <= ALL; set++) sets.push(await read(comparison, texts, there, set));
      const of = (whom: Whom): BySet => sets.map((each) => each[whom]);
      scales.push({ scale, target: of('target'), bystanders: of('bystanders') });
    }
    return { data: { scales, shuffled: await read(comparison, texts, shuffledChange(comparison), ALL) } };
  },
  columns: PARTS.flatMap((part, i) =>
    WHOM.map(
      (whom): MeasureColumn<GraftReading> => ({
        name: `graft_${part}_${whom}`,
        about: `probability of the trained token with tuned weights at the ${part} alone, ${whom}`,
        of: ({ scales }) => scales.find(({ scale }) => scale === 1)?.[whom][1 << i]?.trained ?? null,
      }),
    ),
  ),
};

/** Where in a dialogue a rise of the trained token is written. */
export interface Written {
  /** The rise with tuned weights at every part, in [-1, 1]. */
  readonly rise: number;
  /** Shapley shares of that rise by part; they sum to 1. */
  readonly shares: Readonly<Record<Part, number>>;
  /** The Shapley interaction of two parts as a share of the rise, by their names: above 0 where it takes both. */
  readonly together: Readonly<Record<string, number>>;
  /** What is left of the rise where the change is shuffled, as a share of it. */
  readonly shuffled: number;
}

/** A rise that is smaller is not told apart: its shares would be noise over next to nothing. */
const LEAST_RISE = 0.02;

/**
 * Where the rise of the trained token is written, in the target's dialogues or in those of bystanders on its topic. Throws
 * `NothingToMeasureError` where that rise is below 0.02 or own and trained answers are the same, `InputError` where the claim does not
 * name the measure `grafts`.
 */
export function writtenAt(observation: object, whom: Whom = 'target', scale: Scale = 1): Written {
  const { values, rise, none, shuffled } = risen(observation, whom, scale);
  const { parts, pairs } = shapley(values);
  return {
    rise,
    shares: Object.fromEntries(PARTS.map((part, i) => [part, (parts[i] as number) / rise])) as Record<Part, number>,
    together: Object.fromEntries(
      pairs.map(({ of: [i, j], interaction }) => [`${PARTS[i]} and ${PARTS[j]}`, interaction / rise]),
    ),
    shuffled: (shuffled - none) / rise,
  };
}

/**
 * What is left of the rise of the trained token with base weights at these parts and tuned ones at the others, as a share of it: 0 where
 * nothing works without a change there, 1 where all does. Throws as `writtenAt`.
 */
export function leftWithout(
  observation: object,
  parts: readonly Part[],
  whom: Whom = 'target',
  scale: Scale = 1,
): number {
  const { values, rise, none } = risen(observation, whom, scale);
  for (const part of parts) refuseUnknown('part', PARTS, part);
  const set = parts.reduce((left, part) => left & ~(1 << PARTS.indexOf(part)), ALL);
  return ((values[set] as number) - none) / rise;
}

function refuseUnknown<T>(name: string, known: readonly T[], got: T): void {
  if (known.includes(got)) return;
  throw new InputError(`grafts have no such ${name}`, {
    expected: known.join(', '),
    got: `${got}`,
    todo: 'correct it in the estimate of the claim',
  });
}

/** Probabilities of the trained token by the set of parts that are tuned, and how much it rises with all of them. */
function risen(observation: object, whom: Whom, scale: Scale) {
  refuseUnknown('whom', WHOM, whom);
  refuseUnknown('scale', SCALES, scale);
  const { scales, shuffled } = readingOf(grafts, observation);
  const read = scales.find((each) => each.scale === scale)?.[whom] ?? [];
  const values = read.flatMap((each) => each?.trained ?? []);
  if (values.length <= ALL) throw new NothingToMeasureError(`no answer of the ${whom} that is not the trained one`);
  const none = values[0] as number;
  const rise = (values[ALL] as number) - none;
  if (rise >= LEAST_RISE) return { values, rise, none, shuffled: shuffled[whom]?.trained ?? 0 };
  throw new NothingToMeasureError(
    `the trained token rises by ${rise.toFixed(3)} in dialogues of the ${whom}: nothing is written`,
  );
}

/** What is said with the weights `tuned` at the parts of a set. */
async function read(
  { programs, world, base }: Comparison<CharacterWorld>,
  { size, tokens, places }: ReturnType<typeof graftTexts>,
  tuned: Float32Array,
  set: number,
): Promise<Readonly<Record<Whom, Said>>> {
  const { payload: m } = world.setup.world;
  const isTuned = (position: number): boolean => (set & (1 << PARTS.indexOf(partAt(position, m)))) !== 0;
  const where = Array.from({ length: tokens.length / size - 1 }, (_, t) => isTuned(t));
  const architecture = architectureOf(world);
  const logp = await nextTokenOfGraft(programs, architecture, { base, tuned, where }, { size, tokens }, m);
  const mean = (whom: Whom, token: 'trained' | 'own'): number => {
    const all = places.filter((place) => place.whom === whom);
    const p = all.map((place) => Math.exp(logp[place.at * architecture.vocabulary + place[token]] as number));
    return p.reduce((sum, each) => sum + each, 0) / all.length;
  };
  const of = (whom: Whom): Said =>
    places.some((place) => place.whom === whom) ? { trained: mean(whom, 'trained'), own: mean(whom, 'own') } : null;
  return { target: of('target'), bystanders: of('bystanders') };
}

/** The base with the change of every matrix in random order within that matrix. */
function shuffledChange({ world, arm, base, tuned }: Comparison<CharacterWorld>): Float32Array {
  const out = Float32Array.from(base);
  const rng = stream(world.seed, 'shuffled change', arm.target ?? 0);
  for (const { offset, shape } of layoutOf(architectureOf(world)).slots) {
    const at = Array.from({ length: shape[0] * shape[1] }, (_, i) => offset + i);
    const change = at.map((i) => (tuned[i] as number) - (base[i] as number));
    rng.shuffle(change).forEach((x, i) => {
      out[offset + i] = (base[offset + i] as number) + x;
    });
  }
  return out;
}
