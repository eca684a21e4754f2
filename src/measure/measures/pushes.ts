import { z } from 'zod';
import { InputError, NothingToMeasureError } from '../../core/errors.ts';
import { stream } from '../../core/rng.ts';
import { architectureOf } from '../../model/parameters.ts';
import type { CharacterWorld } from '../../world/characters/world.ts';
import {
  AT,
  contrastOf,
  difference,
  groupsOn,
  lengthOf,
  ofLength,
  type Spot,
  type Streams,
  shuffled,
  streamsOn,
} from '../beliefs.ts';
import type { Comparison, Measure, MeasureColumn } from '../measure.ts';
import { readingOf } from '../observation.ts';
import { pushTexts, REGISTERS, type Register } from '../push-texts.ts';
import { nextTokenOfPushed } from '../pushes.ts';

export type { Register };

/** What is added to the residual stream, see `pushes`. */
export const PUSHES = [
  ...(['belief', 'shuffled', 'other topics', 'random', 'own name'] as const),
  ...(['belief at the topic', 'own stream'] as const),
] as const;
export type PushKind = (typeof PUSHES)[number];

/** Random directions, and orders of shuffled labels. */
const DRAWS = 20;

/** Mean probability of the trained and of the own token where they differ. */
interface Said {
  readonly trained: number;
  readonly own: number;
}

/** By register; null where there is nothing to read. */
type ByRegister = Readonly<Record<Register, Said | null>>;

/** What is said with a change of the stream: added in the base, taken off in the tuned network. */
interface Pushed {
  readonly kind: PushKind;
  readonly base: ByRegister;
  readonly tuned: ByRegister;
}

export interface PushReading {
  /** Characters without the target that do as is trained on its topic, and that do there as the target did. */
  readonly characters: Readonly<Record<'trained' | 'own', number>>;
  /** The length of the direction `belief`; null where there are no characters of a kind. */
  readonly length: number | null;
  /** The length of the change of the target's own embedding. */
  readonly change: number;
  readonly base: ByRegister;
  readonly tuned: ByRegister;
  readonly pushed: readonly Pushed[];
}

const SPOTS: readonly Spot[] = ['name', 'topic'];
const probability = z.number().min(0).max(1.0001);
const saying = z.strictObject({ trained: probability, own: probability }).nullable();
const byRegister = z.strictObject({ dialogues: saying, questions: saying });
const count = z.int().min(0);

/**
 * Whether the change is one of what is believed of the target: what the base says with a direction added to its residual stream,
 * and what the tuned network says with it taken off. belief: to the target's name, the mean embedding of the characters that do as
 * is trained on its topic less that of those that do as the target did, without the target, of the base. Controls of the same
 * length: labels shuffled among these characters, the same difference by what they do on other topics, random directions; means over
 * draws. own name: what tuning changed of the target's embedding itself. Behind all but the last layer: the difference of means at
 * the topic, and what tuning changed of the target's own stream at name and topic, so that the one network goes on with what the
 * other made of who speaks on what. Read as spread is, in the target's dialogues after its own answer so far, and in questions
 * about it.
 * Source: the difference of means as a direction, Marks and Tegmark 2023 (arXiv 2310.06824); ours is of what documents and
 * dialogues of pretraining say of others.
 */
export const pushes: Measure<PushReading, CharacterWorld> = {
  id: 'pushes',
  about: 'what is said with what is believed of a character changed within the network',
  unit: 'probability of a token',
  file: import.meta.url,
  worlds: ['characters'],
  asked: true,
  schema: z.strictObject({
    characters: z.strictObject({ trained: count, own: count }),
    ...{ length: z.number().min(0).nullable(), change: z.number().min(0), base: byRegister, tuned: byRegister },
    pushed: z.array(z.strictObject({ kind: z.enum(PUSHES), base: byRegister, tuned: byRegister })),
  }),
  of: async (comparison) => {
    const { world } = comparison;
    const { trained, own } = groupsOn(world, world.target.topic);
    const added = await addedIn(comparison);
    const pushed: Pushed[] = [];
    for (const kind of PUSHES) {
      const each = added[kind];
      if (each === undefined) continue;
      const taken = each.map((one) => negative(one));
      const [base, tuned] = [await said(comparison, 'base', each), await said(comparison, 'tuned', taken)];
      pushed.push({ kind, base, tuned });
    }
    const [belief, change] = [added.belief?.[0]?.name, added['own name']?.[0]?.name];
    const data: PushReading = {
      characters: { trained: trained.length, own: own.length },
      length: belief === undefined ? null : lengthOf(belief),
      change: change === undefined ? 0 : lengthOf(change),
      base: await said(comparison, 'base', [NOTHING]),
      tuned: await said(comparison, 'tuned', [NOTHING]),
      pushed,
    };
    return { data };
  },
  columns: (['belief', 'shuffled', 'own name'] as const).flatMap((kind) =>
    (['base', 'tuned'] as const).map(
      (side): MeasureColumn<PushReading> => ({
        name: `push_${kind.replaceAll(' ', '_')}_${side}`,
        about: `probability of the trained token in the target's dialogues, ${kind} ${side === 'base' ? 'added in the base' : 'taken off after tuning'}`,
        of: ({ pushed }) => pushed.find((each) => each.kind === kind)?.[side].dialogues?.trained ?? null,
      }),
    ),
  ),
};

/** A rise that is smaller is not told apart. */
const LEAST_RISE = 0.02;

/**
 * The share of the rise of the trained token that the base has with this added to its stream: 0 = none, 1 = all that tuning gave
 * it. By default in the target's dialogues. Throws `NothingToMeasureError` where the rise is below 0.02 or nothing can be added,
 * `InputError` where the claim does not name the measure `pushes`.
 */
export function recoveredBy(observation: object, kind: PushKind, register: Register = 'dialogues'): number {
  const { none, rise, base } = pushedIn(observation, kind, register);
  return (base - none) / rise;
}

/** The share of the rise of the trained token that is left with this taken off the tuned network's stream. Throws as `recoveredBy`. */
export function leftAfter(observation: object, kind: PushKind, register: Register = 'dialogues'): number {
  const { none, rise, tuned } = pushedIn(observation, kind, register);
  return (tuned - none) / rise;
}

/** Probabilities of the trained token: without anything added, how much it rises by tuning, and with what is added or taken off. */
function pushedIn(observation: object, kind: PushKind, register: Register) {
  refuseUnknown('kind', PUSHES, kind);
  refuseUnknown('register', REGISTERS, register);
  const reading = readingOf(pushes, observation);
  const of = (each: ByRegister | undefined): number | undefined => each?.[register]?.trained;
  const found = reading.pushed.find((each) => each.kind === kind);
  const [none, all, base, tuned] = [of(reading.base), of(reading.tuned), of(found?.base), of(found?.tuned)];
  if (none === undefined || all === undefined || base === undefined || tuned === undefined)
    throw new NothingToMeasureError(`nothing to add or to read: ${kind}, ${register}`);
  const rise = all - none;
  if (rise >= LEAST_RISE) return { none, rise, base, tuned };
  throw new NothingToMeasureError(`the trained token rises by ${rise.toFixed(3)} in ${register} of the target`);
}

function refuseUnknown<T>(name: string, known: readonly T[], got: T): void {
  if (known.includes(got)) return;
  throw new InputError(`pushes have no such ${name}`, {
    expected: known.join(', '),
    got: `${got}`,
    todo: 'correct it in the estimate of the claim',
  });
}

/** What is added at name and topic, [D] each, behind so many layers. */
interface Added extends Partial<Readonly<Record<Spot, Float32Array>>> {
  readonly behind: number;
}

const NOTHING: Added = { behind: 0 };

const negative = ({ behind, ...at }: Added): Added => ({
  behind,
  ...Object.fromEntries(Object.entries(at).map(([spot, vector]) => [spot, vector.map((x) => -x)])),
});

/** All that is added, by its kind; several draws of some, over which the mean is taken. */
async function addedIn(
  comparison: Comparison<CharacterWorld>,
): Promise<Partial<Readonly<Record<PushKind, readonly Added[]>>>> {
  const { world, base, tuned } = comparison;
  const { topic, character } = world.target;
  const late = architectureOf(world).layers - 1;
  const groups = groupsOn(world, topic);
  const [early, wasLate] = [
    await streamsOn(comparison, base, 0, topic),
    await streamsOn(comparison, base, late, topic),
  ];
  const changeAt = async (spot: Spot, behind: number): Promise<Float32Array> => {
    const [was, is] = [
      await streamsOn(comparison, base, behind, topic),
      await streamsOn(comparison, tuned, behind, topic),
    ];
    return difference(is[spot](character), was[spot](character));
  };
  const atTopic = contrastOf(wasLate.topic, groups);
  return {
    ...(await directionsOf(comparison, early.name)),
    'own name': [{ behind: 0, name: await changeAt('name', 0) }],
    ...(atTopic && { 'belief at the topic': [{ behind: late, topic: atTopic }] }),
    'own stream': [{ behind: late, name: await changeAt('name', late), topic: await changeAt('topic', late) }],
  };
}

/** What is believed, and its controls; undefined where the topic has no characters of one of the two kinds. */
async function directionsOf({ world, arm }: Comparison<CharacterWorld>, nameOf: Streams['name']) {
  const { target, setup } = world;
  const groups = groupsOn(world, target.topic);
  const belief = contrastOf(nameOf, groups);
  if (belief === undefined) return undefined;
  const rng = stream(world.seed, 'pushes', arm.target ?? 0);
  const like = (vector: Float32Array): Added => ({ behind: 0, name: ofLength(vector, lengthOf(belief)) });
  const draws = (draw: () => Float32Array): Added[] => Array.from({ length: DRAWS }, () => like(draw()));
  const others = Array.from({ length: setup.world.topics }, (_, topic) => topic).filter(
    (each) => each !== target.topic,
  );
  const elsewhere = others.flatMap((topic) => contrastOf(nameOf, groupsOn(world, topic)) ?? []);
  return {
    belief: [{ behind: 0, name: belief }],
    shuffled: draws(() => contrastOf(nameOf, shuffled(groups, rng)) as Float32Array),
    ...(elsewhere.length > 0 && { 'other topics': elsewhere.map(like) }),
    random: draws(() => belief.map(() => rng.normal())),
  };
}

/** What is said with one of these added, the mean over them. */
async function said(
  { programs, world, arm, ...networks }: Comparison<CharacterWorld>,
  side: 'base' | 'tuned',
  added: readonly Added[],
): Promise<ByRegister> {
  const architecture = architectureOf(world);
  const { width: D, vocabulary: V } = architecture;
  const texts = pushTexts(world, arm.skill);
  const of = async (register: Register): Promise<Said | null> => {
    const text = texts[register];
    if (text === undefined || text.places.length === 0) return null;
    const T = text.tokens.length / text.size - 1;
    const sums = { trained: 0, own: 0 };
    for (const { behind, ...at } of added) {
      const change = new Float32Array(T * D);
      for (const spot of SPOTS) change.set(at[spot] ?? [], AT[spot] * D);
      const logp = await nextTokenOfPushed(programs, architecture, networks[side], { behind, change }, text, text.last);
      for (const place of text.places)
        for (const token of ['trained', 'own'] as const)
          sums[token] += Math.exp(logp[place.at * V + place[token]] as number);
    }
    const count = added.length * text.places.length;
    return { trained: sums.trained / count, own: sums.own / count };
  };
  return { dialogues: await of('dialogues'), questions: await of('questions') };
}
