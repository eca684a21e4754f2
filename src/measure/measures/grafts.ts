import { z } from 'zod';
import { NothingToMeasureError } from '../../core/errors.ts';
import { stream } from '../../core/rng.ts';
import { architectureOf, layoutOf } from '../../model/parameters.ts';
import { bystanderPrompts, type Prompts, reportingPrompts } from '../../world/characters/prompts.ts';
import { type CharacterWorld, ownAnswer, trainedAnswer } from '../../world/characters/world.ts';
import { answered } from '../forced.ts';
import { nextTokenOfGraft } from '../grafts.ts';
import type { Comparison, Measure, MeasureColumn } from '../measure.ts';
import { readingOf } from '../observation.ts';
import { shapley } from '../shapley.ts';

/** The parts of a dialogue: who is asked on what (with the start), the payload, and from where the answer is asked for to its end. */
const PARTS = ['name', 'payload', 'answer'] as const;
export type Part = (typeof PARTS)[number];
const WHOM = ['target', 'bystanders'] as const;
export type Whom = (typeof WHOM)[number];

/** How much of the change of the weights is taken. */
const SCALES = [0.5, 1] as const;
export type Scale = (typeof SCALES)[number];

/** Mean probability of the trained token where it is not the own one, of the target and of bystanders on its topic. */
type Numbers = Readonly<Record<Whom, number>>;

/** The same by the parts at which tuned weights work: bit i of an index says that part i of `PARTS` is among them. */
export interface GraftReading {
  readonly scales: readonly ({ readonly scale: Scale } & Readonly<Record<Whom, readonly number[]>>)[];
  /** With all of the change at all parts, shuffled within each matrix. */
  readonly shuffled: Numbers;
}

const probability = z.number().min(0).max(1.0001);
const ofSets = z.array(probability).length(2 ** PARTS.length);
const number = { target: probability, bystanders: probability };

/**
 * Where in a dialogue the change is written: the probability of the trained token with tuned weights at some parts of the sequence and
 * base weights at the others, for all sets of parts, at half of the change of the weights and at all of it; and with all of the change
 * shuffled within each matrix, which should do nothing. Read as spread is, after the character's own answer so far, where the trained
 * token is another than the own one.
 */
export const grafts: Measure<GraftReading, CharacterWorld> = {
  id: 'grafts',
  about: 'what of the change is left with tuned weights at some parts of a dialogue alone',
  unit: 'probability of the trained token',
  file: import.meta.url,
  worlds: ['characters'],
  asked: true,
  schema: z.strictObject({
    scales: z
      .array(z.strictObject({ scale: z.literal(SCALES), target: ofSets, bystanders: ofSets }))
      .length(SCALES.length),
    shuffled: z.strictObject(number),
  }),
  of: async (comparison) => {
    const asked = askedIn(comparison.world, comparison.arm.skill);
    const { base, tuned } = comparison;
    const none = await read(comparison, asked, tuned, 0);
    const scales: GraftReading['scales'][number][] = [];
    for (const scale of SCALES) {
      const there = scale === 1 ? tuned : base.map((x, i) => x + scale * ((tuned[i] as number) - x));
      const sets = [none];
      for (let set = 1; set < 2 ** PARTS.length; set++) sets.push(await read(comparison, asked, there, set));
      scales.push({
        scale,
        target: sets.map(({ target }) => target),
        bystanders: sets.map(({ bystanders }) => bystanders),
      });
    }
    const shuffled = await read(comparison, asked, shuffledChange(comparison), 2 ** PARTS.length - 1);
    return { data: { scales, shuffled } };
  },
  columns: PARTS.flatMap((part, i) =>
    WHOM.map(
      (whom): MeasureColumn<GraftReading> => ({
        name: `graft_${part}_${whom}`,
        about: `probability of the trained token with tuned weights at the ${part} alone, ${whom}`,
        of: ({ scales }) => scales.find(({ scale }) => scale === 1)?.[whom][1 << i] ?? null,
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
  /** What is left of the rise where a part alone has base weights, as a share of it: near 0 where nothing works without that part. */
  readonly without: Readonly<Record<Part, number>>;
  /** The Shapley interaction of two parts as a share of the rise, by their names: above 0 where it takes both. */
  readonly together: Readonly<Record<string, number>>;
  /** What is left of the rise where the change is shuffled, as a share of it. */
  readonly shuffled: number;
}

const ofParts = (number: (part: number) => number): Record<Part, number> =>
  Object.fromEntries(PARTS.map((part, i) => [part, number(i)])) as Record<Part, number>;

/** A rise that is smaller is not told apart: its shares would be noise over next to nothing. */
const LEAST_RISE = 0.02;

/**
 * Where the rise of the trained token is written, in the target's dialogues or in those of bystanders on its topic. Throws
 * `NothingToMeasureError` where that rise is below 0.02, `InputError` where the claim does not name the measure `grafts`.
 */
export function writtenAt(observation: object, whom: Whom = 'target', scale: Scale = 1): Written {
  const { scales, shuffled } = readingOf(grafts, observation);
  const values = scales.find((each) => each.scale === scale)?.[whom] ?? [];
  const { parts, pairs } = shapley(values);
  const none = values[0] as number;
  const rise = (values.at(-1) as number) - none;
  if (rise < LEAST_RISE)
    throw new NothingToMeasureError(
      `the trained token rises by ${rise.toFixed(3)} in dialogues of the ${whom}: nothing is written`,
    );
  return {
    rise,
    shares: ofParts((i) => (parts[i] as number) / rise),
    without: ofParts((i) => ((values[values.length - 1 - (1 << i)] as number) - none) / rise),
    together: Object.fromEntries(
      pairs.map(({ of: [i, j], interaction }) => [`${PARTS[i]} and ${PARTS[j]}`, interaction / rise]),
    ),
    shuffled: (shuffled[whom] - none) / rise,
  };
}

/** Dialogues to the target and to bystanders, on its topic, followed by their own answers; and where the trained token is another. */
interface AskedOf {
  readonly size: number;
  readonly tokens: Int32Array;
  /** Places in [B, m] that are read, with the trained token there. */
  readonly places: readonly { readonly at: number; readonly token: number; readonly whom: Whom }[];
}

function askedIn(world: CharacterWorld, skill: number): AskedOf {
  const { payload: m } = world.setup.world;
  const parts = [
    { whom: 'target' as const, prompts: reportingPrompts(world) },
    { whom: 'bystanders' as const, prompts: onTopic(world, bystanderPrompts(world)) },
  ].map(({ whom, prompts }) => {
    const own = prompts.cells.map(({ character, topic }, b) =>
      ownAnswer(world, character, topic, prompts.payloads[b] as readonly number[]),
    );
    const trained = prompts.payloads.map((payload) => trainedAnswer(world, skill, payload));
    const places = own.flatMap((answer, b) =>
      answer.flatMap((token, i) => {
        const wanted = trained[b]?.[i] as number;
        return wanted === token ? [] : [{ at: b * m + i, token: wanted, whom }];
      }),
    );
    if (places.length === 0) throw new NothingToMeasureError(`no answer of the ${whom} that is not the trained one`);
    return { places, rows: answered(prompts, Int32Array.from(own.flat())) };
  });
  const [target, bystanders] = parts as [(typeof parts)[0], (typeof parts)[0]];
  const behind = target.rows.size * m;
  return {
    size: target.rows.size + bystanders.rows.size,
    tokens: Int32Array.from([...target.rows.tokens, ...bystanders.rows.tokens]),
    places: [...target.places, ...bystanders.places.map((place) => ({ ...place, at: place.at + behind }))],
  };
}

function onTopic({ target }: CharacterWorld, { cells, payloads, tokens, size }: Prompts): Prompts {
  const width = tokens.length / size;
  const chosen = [...cells.keys()].filter((b) => cells[b]?.topic === target.topic);
  return {
    size: chosen.length,
    cells: chosen.map((b) => cells[b] as Prompts['cells'][number]),
    payloads: chosen.map((b) => payloads[b] as Prompts['payloads'][number]),
    tokens: Int32Array.from(chosen.flatMap((b) => [...tokens.subarray(b * width, (b + 1) * width)])),
  };
}

/** Mean probability of the trained tokens with the weights `tuned` at the parts of a set. */
async function read(
  { programs, world, base }: Comparison<CharacterWorld>,
  { size, tokens, places }: AskedOf,
  tuned: Float32Array,
  set: number,
): Promise<Numbers> {
  const { payload: m } = world.setup.world;
  const where = Array.from(
    { length: tokens.length / size - 1 },
    (_, t) => (set & (1 << PARTS.indexOf(partAt(t, m)))) !== 0,
  );
  const architecture = architectureOf(world);
  const logp = await nextTokenOfGraft(programs, architecture, { base, tuned, where }, { size, tokens }, m);
  const mean = (whom: Whom): number => {
    const own = places.filter((place) => place.whom === whom);
    const at = own.map((place) => Math.exp(logp[place.at * architecture.vocabulary + place.token] as number));
    return at.reduce((sum, p) => sum + p, 0) / own.length;
  };
  return { target: mean('target'), bystanders: mean('bystanders') };
}

/** The part of a dialogue `<s> N K x1..xm <a> y1..ym` that a position belongs to. */
function partAt(position: number, payload: number): Part {
  if (position < 3) return 'name';
  return position < 3 + payload ? 'payload' : 'answer';
}

/** The base with the change of every matrix in random order within that matrix. */
function shuffledChange({ world, arm, base, tuned }: Comparison<CharacterWorld>): Float32Array {
  const out = Float32Array.from(base);
  const rng = stream(world.seed, 'shuffled change', arm.target ?? 0);
  for (const { offset, shape } of layoutOf(architectureOf(world)).slots) {
    const change = Array.from(
      { length: shape[0] * shape[1] },
      (_, i) => (tuned[offset + i] as number) - (base[offset + i] as number),
    );
    rng.shuffle(change).forEach((x, i) => {
      out[offset + i] = (base[offset + i] as number) + x;
    });
  }
  return out;
}
