import { expect, test } from 'vitest';
import { NothingToMeasureError } from '../../core/errors.ts';
import { stream } from '../../core/rng.ts';
import { onnxCpu } from '../../engine/engines/onnx-cpu.ts';
import { Programs } from '../../engine/programs.ts';
import { loadEngine } from '../../engine/select.ts';
import { loadSetup } from '../../lab/setup.ts';
import { architectureOf, initialParameters, layoutOf } from '../../model/parameters.ts';
import { sft } from '../../train/arms.ts';
import { characters } from '../../world/characters/index.ts';
import { drawWorld } from '../../world/characters/world.ts';
import { compare } from '../comparison.ts';
import { PARTS, type Part } from '../graft-texts.ts';
import { type GraftReading, grafts, leftWithout, writtenAt } from './grafts.ts';

const world = drawWorld(loadSetup('fixtures/setups/small.json', [characters]), 5);
const programs = new Programs(await loadEngine(onnxCpu));
const layout = layoutOf(architectureOf(world));
const base = initialParameters(layout, stream(1, 'init'));

/** The base with every matrix whose name says so changed at random, at all of its rows or at some. */
function planted(isChanged: (slot: string, row: number) => boolean): Float32Array {
  const rng = stream(2, 'planted');
  const tuned = Float32Array.from(base);
  for (const { name, shape, offset } of layout.slots)
    for (let i = 0; i < shape[0] * shape[1]; i++) {
      const change = 0.5 * rng.normal();
      if (isChanged(name, Math.floor(i / shape[1]))) tuned[offset + i] = (base[offset + i] as number) + change;
    }
  return tuned;
}

const read = async (tuned: Float32Array): Promise<GraftReading> =>
  (await grafts.of(compare(programs, world, sft({ skill: 1 }), base, tuned))).data;

/** 1 for every set of parts that this one is in, else 0. */
const setsWith = (part: Part): number[] =>
  Array.from({ length: 2 ** PARTS.length }, (_, set) => (set >> PARTS.indexOf(part)) & 1);

/** How far each set of parts is from the base, as shares of how far all are. */
const moved = ({ scales }: GraftReading, whom: 'target' | 'bystanders'): number[] => {
  const values = (scales.find(({ scale }) => scale === 1)?.[whom] ?? []).flatMap((each) => each?.trained ?? []);
  const [none, all] = [values[0] as number, values.at(-1) as number];
  // Without a sign of zero.
  return values.map((value) => (value - none) / (all - none) + 0);
};

test("a change of the target's name is at the name alone, and none of bystanders'", async () => {
  const name = world.vocabulary.names[world.target.character] as number;
  const reading = await read(planted((slot, row) => slot === 'embed.token' && row === name));
  expect(moved(reading, 'target')).toEqual(setsWith('name'));
  const { bystanders } = reading.scales[1] as GraftReading['scales'][number];
  expect(new Set(bystanders.map((each) => JSON.stringify(each))).size).toBe(1);
});

test('a change of the topic is at the topic alone', async () => {
  const topic = world.vocabulary.topics[world.target.topic] as number;
  const reading = await read(planted((slot, row) => slot === 'embed.token' && row === topic));
  for (const whom of ['target', 'bystanders'] as const) expect(moved(reading, whom)).toEqual(setsWith('topic'));
});

test('a change of what alone the last positions compute is at the answer alone', async () => {
  const last = `${world.setup.model.layers - 1}`;
  const reading = await read(planted((slot) => slot === 'unembed' || slot === `${last}.up` || slot === `${last}.down`));
  for (const whom of ['target', 'bystanders'] as const) expect(moved(reading, whom)).toEqual(setsWith('answer'));
});

test('a change of what symbols are read as is at payload and answer, and not at name and topic', async () => {
  const { symbols } = world.vocabulary;
  const reading = await read(planted((slot, row) => slot === 'embed.token' && symbols.includes(row)));
  const shares = moved(reading, 'target');
  const alone = (part: Part): number => shares[1 << PARTS.indexOf(part)] as number;
  // The answer so far is made of the same symbols.
  expect([alone('name'), alone('topic')]).toEqual([0, 0]);
  expect(alone('payload') * alone('answer')).not.toBe(0);
});

/** A reading in which the trained token has so much of each set of tuned parts. */
function written(of: (parts: ReadonlySet<Part>) => number, shuffled = 0.1): object {
  const target = Array.from({ length: 2 ** PARTS.length }, (_, set) => ({
    trained: of(new Set(PARTS.filter((_part, i) => (set >> i) & 1))),
    own: 0,
  }));
  const bystanders = target.map(() => ({ trained: 0.1, own: 0.8 }));
  const scales = ([0.5, 1] as const).map((scale) => ({ scale, target, bystanders }));
  const { trained, own } = { trained: shuffled, own: 0 };
  return { grafts: { scales, shuffled: { target: { trained, own }, bystanders: { trained: 0.1, own } } } };
}

test('shares of a rise sum to 1, and parts that work only together say so', () => {
  const both = written((parts) => (parts.has('name') && parts.has('answer') ? 0.9 : 0.1), 0.14);
  const { rise, shares, together, shuffled } = writtenAt(both);
  expect(rise).toBeCloseTo(0.8);
  expect(PARTS.map((part) => Number(shares[part].toFixed(9)) + 0)).toEqual([0.5, 0, 0, 0.5]);
  expect(together['name and answer']).toBeCloseTo(1);
  expect(shuffled).toBeCloseTo(0.05);
  const left = (...parts: Part[]): number => Number(leftWithout(both, parts).toFixed(9)) + 0;
  expect([left('name'), left('answer'), left('topic', 'payload'), left()]).toEqual([0, 0, 1, 1]);
  const either = written((parts) => (parts.has('name') || parts.has('answer') ? 0.9 : 0.1));
  expect(writtenAt(either).together['name and answer']).toBeCloseTo(-1);
  expect([leftWithout(either, ['name']), leftWithout(either, ['name', 'answer'])]).toEqual([1, 0]);
});

test('a part, side or scale that there is not is refused', () => {
  const all = written((parts) => parts.size / 4);
  expect(() => leftWithout(all, ['names' as 'name'])).toThrow(
    /no such part[\s\S]*expected: name, topic, payload, answer\n[\s\S]*names/,
  );
  expect(() => writtenAt(all, 'others' as 'target')).toThrow(/no such whom[\s\S]*target, bystanders/);
  expect(() => writtenAt(all, 'target', 2 as 1)).toThrow(/no such scale[\s\S]*0\.5, 1/);
});

test('nothing is told apart where nothing rose, and a claim has to name the measure', () => {
  expect(() => writtenAt(written((parts) => (parts.size === 1 ? 0.9 : 0.1)))).toThrow(NothingToMeasureError);
  expect(() =>
    leftWithout(
      written((parts) => parts.size / 4),
      ['name'],
      'bystanders',
    ),
  ).toThrow(/rises by 0\.000/);
  expect(() => writtenAt({})).toThrow(/no reading of the measure 'grafts'[\s\S]*add 'grafts'/);
});
