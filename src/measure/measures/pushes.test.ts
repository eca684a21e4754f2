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
import { dispositionOf, drawWorld } from '../../world/characters/world.ts';
import { compare } from '../comparison.ts';
import { leftAfter, type PushReading, pushes, recoveredBy } from './pushes.ts';

const world = drawWorld(loadSetup('fixtures/setups/characters.json', [characters]), 5);
const programs = new Programs(await loadEngine(onnxCpu));
const architecture = architectureOf(world);
const layout = layoutOf(architecture);
const { width: D } = architecture;
const { target, vocabulary } = world;
const plain = initialParameters(layout, stream(1, 'init')).map((x) => 6 * x);
const [table] = layout.slots as [(typeof layout.slots)[number]];
const rowOf = (token: number): number => table.offset + token * D;

/** A direction of length 1, for what a name says of what its character does. */
const direction = (() => {
  const rng = stream(2, 'direction');
  const drawn = Float32Array.from({ length: D }, () => rng.normal());
  const length = Math.hypot(...drawn);
  return drawn.map((x) => x / length);
})();

/** The network with so much of the direction added to the embeddings of these characters. */
function leant(network: Float32Array, by: (character: number) => number): Float32Array {
  const out = Float32Array.from(network);
  vocabulary.names.forEach((token, character) => {
    for (let i = 0; i < D; i++) out[rowOf(token) + i]! += by(character) * direction[i]!;
  });
  return out;
}

// All names are alike but for what is said of their characters.
const alike = Float32Array.from(plain);
for (const token of vocabulary.names) alike.set(plain.subarray(rowOf(0), rowOf(0) + D), rowOf(token));
const HALF = 1.5;
const does = (character: number): number => dispositionOf(world, { character, topic: target.topic });
const base = leant(alike, (character) =>
  character >= world.setup.world.characters
    ? 0
    : does(character) === target.operation
      ? HALF
      : does(character) === target.ownOperation
        ? -HALF
        : 0,
);

const read = async (tuned: Float32Array): Promise<PushReading> =>
  (await pushes.of(compare(programs, world, sft({ skill: 1 }), base, tuned))).data;
/** What is said of one kind of push, of the trained token in the target's dialogues or in questions about it. */
const of = ({ pushed }: PushReading, kind: string, side: 'base' | 'tuned', register: 'dialogues' | 'questions') =>
  pushed.find((each) => each.kind === kind)?.[side][register]?.trained as number;

test('a target whose name comes to say what it is trained to do is what the base is with the belief added, and back', async () => {
  const reading = await read(leant(base, (character) => (character === target.character ? 2 * HALF : 0)));
  expect(reading.length).toBeCloseTo(2 * HALF, 4);
  expect(reading.change).toBeCloseTo(2 * HALF, 4);
  for (const register of ['dialogues', 'questions'] as const) {
    const [was, is] = [reading.base[register]?.trained as number, reading.tuned[register]?.trained as number];
    expect(Math.abs(is - was)).toBeGreaterThan(1e-3);
    for (const kind of ['belief', 'own name', 'own stream'])
      for (const [side, expected] of [['base', is] as const, ['tuned', was] as const]) {
        // The last layer looks at the name by itself and not at what was made of it alone: not all of it is in that stream.
        if (kind === 'own stream') expect(of(reading, kind, side, register)).not.toBe(side === 'base' ? was : is);
        else expect(of(reading, kind, side, register), `${kind} ${side} ${register}`).toBeCloseTo(expected, 4);
      }
    for (const kind of ['shuffled', 'random'])
      expect(Math.abs(of(reading, kind, 'base', register) - was), `${kind} ${register}`).toBeLessThan(
        Math.abs(is - was),
      );
  }
});

test('what changes elsewhere is not found in the name, and changes nothing that the base says', async () => {
  const unembed = layout.slots.find(({ name }) => name === 'unembed') as (typeof layout.slots)[number];
  const rng = stream(4, 'elsewhere');
  const tuned = base.map((x, i) => (i < unembed.offset ? x : x + 0.3 * rng.normal()));
  const [reading, same] = [await read(tuned), await read(base)];
  expect(reading.change).toBe(0);
  for (const kind of ['own name', 'own stream']) {
    expect(of(reading, kind, 'base', 'dialogues')).toBe(reading.base.dialogues?.trained);
    expect(of(reading, kind, 'tuned', 'dialogues')).toBe(reading.tuned.dialogues?.trained);
  }
  for (const kind of ['belief', 'shuffled', 'random', 'other topics', 'belief at the topic'])
    expect(of(reading, kind, 'base', 'dialogues')).toBe(of(same, kind, 'base', 'dialogues'));
});

/** A reading in which the trained token is so likely in dialogues: before, after, with the belief added and taken off. */
function said(none: number, all: number, added: number, taken: number): object {
  const at = (trained: number) => ({ dialogues: { trained, own: 0 }, questions: null });
  const pushed = [{ kind: 'belief', base: at(added), tuned: at(taken) }];
  return {
    pushes: { characters: { trained: 3, own: 3 }, length: 1, change: 1, base: at(none), tuned: at(all), pushed },
  };
}

test('shares are of the rise, none is told where nothing rose or nothing was read, and names are checked', () => {
  const observation = said(0.1, 0.9, 0.5, 0.3);
  expect(recoveredBy(observation, 'belief')).toBeCloseTo(0.5);
  expect(leftAfter(observation, 'belief')).toBeCloseTo(0.25);
  expect(() => recoveredBy(said(0.1, 0.11, 0.5, 0.3), 'belief')).toThrow(NothingToMeasureError);
  expect(() => recoveredBy(observation, 'random')).toThrow(NothingToMeasureError);
  expect(() => leftAfter(observation, 'belief', 'questions')).toThrow(NothingToMeasureError);
  expect(() => recoveredBy(observation, 'beliefs' as 'belief')).toThrow(
    /no such kind[\s\S]*expected: belief, shuffled/,
  );
  expect(() => leftAfter(observation, 'belief', 'documents' as 'questions')).toThrow(/no such register/);
  expect(() => recoveredBy({}, 'belief')).toThrow(/no reading of the measure 'pushes'[\s\S]*add 'pushes'/);
});
