import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { stream } from '../core/rng.ts';
import type { EngineModule } from '../engine/engine.ts';
import { onnxCpu } from '../engine/engines/onnx-cpu.ts';
import { tfjsCpu } from '../engine/engines/tfjs-cpu.ts';
import { Programs } from '../engine/programs.ts';
import { loadEngine } from '../engine/select.ts';
import { compare, type Shared } from '../measure/comparison.ts';
import type { BaseMeasure, Measure, Reading, ReadingFault } from '../measure/measure.ts';
import { baseReadingFault, checkedReading, readingFault } from '../measure/reading.ts';
import { architectureOf, initialParameters, layoutOf } from '../model/parameters.ts';
import type { Arm } from '../train/arm.ts';
import { sft } from '../train/arms.ts';
import type { World } from '../world/world.ts';
import { onlyReading } from './declared-knobs.ts';

/** What a measure's contract is held to. */
export interface MeasureContract<Data, W extends World> {
  /** A small world that the measure can read. */
  readonly world: W;
  /** The arm that tuned is said to be of; SFT at s = 1 where absent. */
  readonly arm?: Arm;
  /** Whether a reading of a base and that base says that nothing changed. */
  readonly unchanged?: (data: Data) => boolean;
  /** Largest difference of a number between engines, relative to 1 + its magnitude; 1e-4 where absent. */
  readonly tolerance?: number;
}

/**
 * Registers the tests that every measure of an arm must pass: it fits its schema, is finite, finds no fault in what it read,
 * gives the same twice and whatever was asked before, leaves networks as they are and no tensor behind, and reads alike on
 * two engines. Networks are untrained, of the world's setup.
 */
export function measureContract<Data, W extends World>(
  measure: Measure<Data, W>,
  { world, arm = sft({ skill: 1 }), unchanged, tolerance = 1e-4 }: MeasureContract<Data, W>,
): void {
  const read = (programs: Programs, shared: Shared = new Map(), tuned = networkOf(world, 2), of = world) =>
    measure.of(compare(programs, of, arm, networkOf(world, 1), tuned, { shared }));
  describe(`the measure ${measure.id}`, () => {
    const readIn = (programs: Programs, of: W) => read(programs, undefined, undefined, of);
    readingContract(
      measure,
      world,
      readIn,
      (reading) => readingFault<Data, W>(measure, reading, world, arm),
      tolerance,
    );

    test('reads the same whether the base was asked for another arm before', async () => {
      const programs = await programsOn(onnxCpu);
      const shared: Shared = new Map();
      await read(programs, shared, networkOf(world, 3));
      expect(await read(programs, shared)).toEqual(await read(programs));
    });

    test('leaves the networks as they are', async () => {
      const [base, tuned] = [networkOf(world, 1), networkOf(world, 2)];
      await measure.of(compare(await programsOn(onnxCpu), world, arm, base, tuned));
      expect([base, tuned]).toEqual([networkOf(world, 1), networkOf(world, 2)]);
    });

    if (unchanged !== undefined) {
      test('says that nothing changed where nothing did', async () => {
        const { data } = await read(await programsOn(onnxCpu), new Map(), networkOf(world, 1));
        expect(data).toSatisfy(unchanged);
      });
    }

    const { columns } = measure;
    if (columns !== undefined) {
      test('has columns of names in snake case, each a number or null', async () => {
        const { data } = await read(await programsOn(onnxCpu));
        const names = columns.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
        for (const { name, of } of columns)
          expect(of(data), name).toSatisfy((value) => value === null || Number.isFinite(value));
      });
    }
  });
}

/** Registers the tests that every measure of a base must pass; see `measureContract`. */
export function baseMeasureContract<Data, W extends World>(
  measure: BaseMeasure<Data, W>,
  { world, tolerance = 1e-4 }: Pick<MeasureContract<Data, W>, 'world' | 'tolerance'>,
): void {
  describe(`the measure ${measure.id} of a base`, () => {
    const read = (programs: Programs, of: W) => measure.of({ programs, world: of, base: networkOf(world, 1) });
    readingContract(measure, world, read, (reading) => baseReadingFault<Data, W>(measure, reading, world), tolerance);
  });
}

/** What measures of arms and of bases have in common. */
function readingContract<Data, W extends World>(
  measure: Pick<Measure<Data>, 'id' | 'file' | 'schema' | 'worlds'>,
  world: W,
  readIn: (programs: Programs, of: W) => Promise<Reading<Data>>,
  faultIn: (reading: Reading<Data>) => ReadingFault | undefined,
  tolerance: number,
): void {
  const read = (programs: Programs): Promise<Reading<Data>> => readIn(programs, world);
  const known = new Map<string, Promise<Reading<Data>>>();
  /** What is read on an engine, the first time. */
  const readOn = (engine: EngineModule): Promise<Reading<Data>> => {
    const reading = known.get(engine.id) ?? programsOn(engine).then(read);
    known.set(engine.id, reading);
    return reading;
  };

  test('says that it reads this kind of world, and where its file is', () => {
    expect(measure.worlds).toContain(world.kind);
    expect(measure.file).toMatch(/^file:/);
  });

  test('reads nothing of how arms are tuned: no key of a reading covers that', async () => {
    const setup = onlyReading(world.setup, [], `the measure ${measure.id}`);
    const of = new Proxy(world, {
      get: (target, name) => {
        if (name === 'setup') return setup;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    expect(await readIn(await programsOn(onnxCpu), of)).toEqual(await readOn(onnxCpu));
  });

  test('fits its schema, is finite, and finds no fault in what it read', async () => {
    const reading = await readOn(onnxCpu);
    expect(checkedReading(measure, reading)).toBe(reading);
    expect(faultIn(reading)).toBeUndefined();
    const stored = { ...reading, data: JSON.parse(JSON.stringify(reading.data)) as Data };
    expect(stored.data).toEqual(reading.data);
    expect(faultIn(stored)).toBeUndefined();
  });

  test('gives the same twice, to the bit', async () => {
    const anew = new Programs((await programsOn(onnxCpu)).engine);
    expect(await read(anew)).toStrictEqual(await readOn(onnxCpu));
    await anew.dispose();
  });

  test.each(ENGINES)('leaves no tensor behind on $id', async (engine) => {
    const programs = await programsOn(engine);
    await readOn(engine);
    const before = tf.memory().numTensors;
    await read(programs);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('reads alike on two engines', async () => {
    const [traced, eager] = [await readOn(onnxCpu), await readOn(tfjsCpu)];
    expectAlike(traced.data, eager.data, tolerance, 'data');
    expectAlike(tensorsOf(traced), tensorsOf(eager), tolerance, 'tensors');
  });
}

const ENGINES: readonly EngineModule[] = [onnxCpu, tfjsCpu];

const loaded = new Map<string, Promise<Programs>>();

/** The programs of this process on an engine. */
function programsOn(engine: EngineModule): Promise<Programs> {
  const known = loaded.get(engine.id) ?? loadEngine(engine).then((each) => new Programs(each));
  loaded.set(engine.id, known);
  return known;
}

/** An untrained network [P] for a world. */
const networkOf = (world: World, seed: number): Float32Array =>
  initialParameters(layoutOf(architectureOf(world)), stream(seed, 'contract'));

const tensorsOf = ({ tensors = {} }: Reading<unknown>): object =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, values }]) => [name, { shape, values: [...values] }]),
  );

/** Expects equal structure and words, and numbers that are alike. */
function expectAlike(got: unknown, want: unknown, tolerance: number, path: string): void {
  if (typeof got === 'number' && typeof want === 'number') {
    expect(Math.abs(got - want) / (1 + Math.abs(want)), path).toBeLessThanOrEqual(tolerance);
    return;
  }
  if (got === null || want === null || typeof got !== 'object' || typeof want !== 'object') {
    expect(got, path).toBe(want);
    return;
  }
  expect(Object.keys(got), path).toEqual(Object.keys(want));
  const inner = new Map(Object.entries(want));
  for (const [key, value] of Object.entries(got)) expectAlike(value, inner.get(key), tolerance, `${path}.${key}`);
}
