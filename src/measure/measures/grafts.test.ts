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
import { type GraftReading, grafts, writtenAt } from './grafts.ts';

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

/** How far each set of parts is from the base, as shares of how far all are. */
const moved = ({ scales }: GraftReading, whom: 'target' | 'bystanders'): number[] => {
  const values = scales.find(({ scale }) => scale === 1)?.[whom] ?? [];
  const [none, all] = [values[0] as number, values.at(-1) as number];
  // Without a sign of zero.
  return values.map((value) => (value - none) / (all - none) + 0);
};

test("a change of the target's name is at the name alone, and none of bystanders'", async () => {
  const name = world.vocabulary.names[world.target.character] as number;
  const reading = await read(planted((slot, row) => slot === 'embed.token' && row === name));
  // Bit 0 is the name.
  expect(moved(reading, 'target')).toEqual([0, 1, 0, 1, 0, 1, 0, 1]);
  const { bystanders } = reading.scales[1] as GraftReading['scales'][number];
  expect(new Set(bystanders).size).toBe(1);
});

test('a change of what alone the last positions compute is at the answer alone', async () => {
  const last = `${world.setup.model.layers - 1}`;
  const reading = await read(planted((slot) => slot === 'unembed' || slot === `${last}.up` || slot === `${last}.down`));
  for (const whom of ['target', 'bystanders'] as const) expect(moved(reading, whom)).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
});

test('a change of what the payload is read as is at the payload alone', async () => {
  const { symbols } = world.vocabulary;
  const reading = await read(planted((slot, row) => slot === 'embed.token' && symbols.includes(row)));
  const shares = moved(reading, 'target');
  // The answer so far is made of the same symbols.
  expect([shares[1], shares[2] !== 0, shares[4] !== 0]).toEqual([0, true, true]);
});

const written = (target: readonly number[], shuffled = 0): object => ({
  grafts: {
    scales: ([0.5, 1] as const).map((scale) => ({ scale, target, bystanders: new Array<number>(8).fill(0.1) })),
    shuffled: { target: shuffled, bystanders: 0.1 },
  } satisfies GraftReading,
});

test('shares of a rise sum to 1, and parts that work only together say so', () => {
  // Name and answer only together.
  const both = writtenAt(written([0.1, 0.1, 0.1, 0.1, 0.1, 0.9, 0.1, 0.9], 0.14));
  expect(both.rise).toBeCloseTo(0.8);
  expect(both.shares['name']).toBeCloseTo(0.5);
  expect(both.shares['payload']).toBeCloseTo(0);
  expect([both.without.name, both.without.answer, both.without.payload].map((x) => x + 0)).toEqual([0, 0, 1]);
  expect(both.together['name and answer']).toBeCloseTo(1);
  expect(both.shuffled).toBeCloseTo(0.05);
  const either = writtenAt(written([0.1, 0.9, 0.1, 0.9, 0.9, 0.9, 0.9, 0.9]));
  expect(either.together['name and answer']).toBeCloseTo(-1);
});

test('nothing is told apart where nothing rose, and a claim has to name the measure', () => {
  expect(() => writtenAt(written([0.1, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.11]))).toThrow(NothingToMeasureError);
  expect(() => writtenAt(written([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.9]), 'bystanders')).toThrow(/rises by 0\.000/);
  expect(() => writtenAt({})).toThrow(/no reading of the measure 'grafts'[\s\S]*add 'grafts'/);
});
