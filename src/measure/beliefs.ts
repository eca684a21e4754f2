import type { Rng } from '../core/rng.ts';
import { architectureOf } from '../model/parameters.ts';
import { type CharacterWorld, dispositionOf } from '../world/characters/world.ts';
import type { Comparison } from './measure.ts';
import { streamsOf } from './pushes.ts';

/** Where the name and the topic stand in a dialogue `<s> N K x1..xm <a> y1..ym` and in a question `<s> N K <?> O`. */
export const AT = { name: 1, topic: 2 } as const;
export type Spot = keyof typeof AT;

/** Of a network the residual stream at name or topic of `<s> N K`, [D], for every character. */
export type Streams = Readonly<Record<Spot, (character: number) => Float32Array>>;

/** Characters but for the target: those that do as is trained, and those that do as the target did. */
export interface Groups {
  readonly trained: readonly number[];
  readonly own: readonly number[];
}

/** The streams of every character on a topic behind so many layers. What follows the topic changes none of them. */
export async function streamsOn(
  { programs, world }: Pick<Comparison<CharacterWorld>, 'programs' | 'world'>,
  network: Float32Array,
  behind: number,
  topic: number,
): Promise<Streams> {
  const { start, names, topics } = world.vocabulary;
  const { characters } = world.setup.world;
  const prompts = Array.from({ length: characters }, (_, c) => [start, names[c] as number, topics[topic] as number]);
  const architecture = architectureOf(world);
  const { width: D } = architecture;
  const rows = { size: characters, tokens: Int32Array.from(prompts.flat()) };
  const all = await streamsOf(programs, architecture, network, behind, rows);
  const at = (spot: Spot) => (character: number) => {
    const from = (AT[spot] * characters + character) * D;
    return all.slice(from, from + D);
  };
  return { name: at('name'), topic: at('topic') };
}

/** The two groups on a topic, by the operations that are the target's on its own one. */
export function groupsOn(world: CharacterWorld, topic: number): Groups {
  const { target, setup } = world;
  const others = Array.from({ length: setup.world.characters }, (_, c) => c).filter((c) => c !== target.character);
  const doing = (operation: number): number[] =>
    others.filter((character) => dispositionOf(world, { character, topic }) === operation);
  return { trained: doing(target.operation), own: doing(target.ownOperation) };
}

/** The same characters, with who is in which group at random. */
export function shuffled({ trained, own }: Groups, rng: Rng): Groups {
  const all = rng.shuffle([...trained, ...own]);
  return { trained: all.slice(0, trained.length), own: all.slice(trained.length) };
}

/** The mean of the one group less that of the other, [D]; undefined where one is empty. */
export function contrastOf(streamOf: Streams['topic'], { trained, own }: Groups): Float32Array | undefined {
  if (trained.length === 0 || own.length === 0) return undefined;
  return difference(meanOf(trained.map(streamOf)), meanOf(own.map(streamOf)));
}

function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors)
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (vector[i] as number);
  return sum.map((x) => x / vectors.length);
}

export const difference = (a: Float32Array, b: Float32Array): Float32Array => a.map((x, i) => x - (b[i] as number));

export const lengthOf = (vector: Float32Array): number => Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));

/** A vector of the same direction and this length; one of length 0 stays. */
export function ofLength(vector: Float32Array, length: number): Float32Array {
  const own = lengthOf(vector);
  return own === 0 ? vector : vector.map((x) => (x * length) / own);
}
