import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { hashOf } from '../../src/core/canonical.ts';
import { stream } from '../../src/core/rng.ts';
import { onnxCpu } from '../../src/engine/engines/onnx-cpu.ts';
import { Programs } from '../../src/engine/programs.ts';
import { loadEngine } from '../../src/engine/select.ts';
import { BUILT_IN } from '../../src/lab/built-in.ts';
import { Lineages } from '../../src/lab/lineage.ts';
import { loadSetup, parseSetup } from '../../src/lab/setup.ts';
import { missingJobs, observeStudy } from '../../src/lab/study.ts';
import { type BystanderChange, bystanderChanges } from '../../src/measure/bystanders.ts';
import { compare } from '../../src/measure/comparison.ts';
import { measures } from '../../src/measure/measures/index.ts';
import type { Changes } from '../../src/measure/observation.ts';
import { readingsOf } from '../../src/measure/reading.ts';
import { greedyAnswers } from '../../src/model/inference.ts';
import { architectureOf, initialParameters, layoutOf } from '../../src/model/parameters.ts';
import { openStore } from '../../src/store/store.ts';
import type { Arm } from '../../src/train/arm.ts';
import { rl, sdft, sft } from '../../src/train/arms.ts';
import { checkArm } from '../../src/train/check.ts';
import { methods } from '../../src/train/methods/index.ts';
import { type Pretrained, pretrain } from '../../src/train/pretrain.ts';
import { type Run, type Tuned, tune } from '../../src/train/tune.ts';
import { characters } from '../../src/world/characters/index.ts';
import { bystanderPrompts } from '../../src/world/characters/prompts.ts';
import { CharacterWorld, drawWorld } from '../../src/world/characters/world.ts';
import type { CharacterKnobs, Setup } from '../../src/world/knobs.ts';
import { invariant } from './property.ts';

/** What must hold in every world, whatever its sizes: nothing here depends on a lucky setup. */
const small = loadSetup('fixtures/setups/small.json', [characters]);
const engine = await loadEngine(onnxCpu);
const NAMES = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hal'];

const setups: fc.Arbitrary<Setup<CharacterKnobs>> = fc
  .record({
    characters: fc.integer({ min: 3, max: 8 }),
    families: fc.integer({ min: 1, max: 3 }),
    topics: fc.integer({ min: 2, max: 3 }),
    operations: fc.integer({ min: 2, max: 3 }),
    symbols: fc.integer({ min: 3, max: 5 }),
    layers: fc.integer({ min: 1, max: 2 }),
    heads: fc.constantFrom(1, 2, 4),
    likeness: fc.constantFrom(0, 0.5, 1),
    templates: fc.integer({ min: 1, max: 4 }),
    skillMappings: fc.integer({ min: 1, max: 3 }),
    klWeight: fc.constantFrom(0, 0.1),
  })
  .map(({ layers, heads, likeness, klWeight, ...sizes }) =>
    parseSetup(
      {
        ...small,
        world: {
          ...small.world,
          names: NAMES,
          ...sizes,
          payload: 3,
          familyLikeness: likeness,
          documentsOnlyShare: 0.2,
        },
        model: { ...small.model, context: 11, layers, heads },
        pretraining: { ...small.pretraining, steps: 10 },
        tuning: { ...small.tuning, klWeight, steps: 4, rlSteps: 4 },
      },
      'a random setup',
      [characters],
    ),
  );
const armsOf = (methods: readonly (typeof sft)[]): fc.Arbitrary<Arm> =>
  fc
    .record({
      make: fc.constantFrom(...methods),
      skill: fc.constantFrom(0, 0.5, 1),
      rehearsal: fc.constantFrom(0, 1),
    })
    .map(({ make, ...options }) => make(options));
const documents: typeof sft = ({ rehearsal = 0 }) => sdft({ rehearsal });
const supervisedArms = armsOf([documents, sft]);
const arms = armsOf([documents, sft, rl]);
const seeds = fc.integer({ min: 0, max: 1_000_000 });

/** A run of an arm, with its method. */
const runOf = (run: Omit<Run, 'method'>): Run => ({ ...run, method: checkArm(run.arm, methods) });

/** All that the measures read of an arm, and the cells of bystanders that some of it are means of. */
async function observe(
  programs: Programs,
  world: CharacterWorld,
  base: Float32Array,
  tuned: Float32Array,
  arm: Arm,
): Promise<{ readonly changes: Changes; readonly cells: readonly BystanderChange[] }> {
  const comparison = compare(programs, world, arm, base, tuned);
  const own = measures.filter(({ worlds }) => worlds.includes('characters'));
  const readings = Object.entries(await readingsOf(own, comparison)).map(([id, { data }]) => [id, data]);
  return { changes: Object.fromEntries(readings) as Changes, cells: await bystanderChanges(comparison) };
}

const fresh = (world: CharacterWorld, seed: number): Float32Array =>
  initialParameters(layoutOf(architectureOf(world)), stream(seed, 'init'));

invariant(
  'zero learning rate gives zero drift, damage and spread everywhere',
  fc.asyncProperty(setups, arms, seeds, async (setup, arm, seed) => {
    const programs = new Programs(engine);
    const world = drawWorld(setup, seed);
    const base = fresh(world, seed);
    const [tuned] = await tune(programs, [runOf({ world, base, arm, seed })], { learningRate: 0 });
    const { parameters } = tuned as Tuned;
    const { changes, cells } = await observe(programs, world, base, parameters, arm);
    for (const { tv, js, kl, damage, spread } of cells) expect({ tv, js, kl, damage, spread }).toEqual(NOTHING);
    expect(changes.target.trainedAfter).toBe(changes.target.trainedBefore);
    expect([changes.text.documentTv, changes.text.varietyTv, changes.target.kl]).toEqual([0, 0, 0]);
  }),
);

const NOTHING = { tv: 0, js: 0, kl: 0, damage: 0, spread: 0 };

// Not for RL: a draw by inverse distribution function goes through the tokens in their order, so a new name is a new draw.
invariant(
  'renaming the characters permutes the drift matrix: each character keeps its own drift under its new name',
  fc.asyncProperty(setups, supervisedArms, seeds, async (setup, arm, seed) => {
    const programs = new Programs(engine);
    const world = drawWorld(setup, seed);
    const { names } = world.vocabulary;
    const shuffled = stream(seed, 'renaming').shuffle(names);
    const renamed = new CharacterWorld({ ...world, vocabulary: { ...world.vocabulary, names: shuffled } });
    const base = fresh(world, seed);
    const rebase = movedRows(world, base, new Map(names.map((name, i) => [name, shuffled[i] as number])));
    const cellsOf = async (of: CharacterWorld, from: Float32Array) => {
      const [tuned] = await tune(programs, [runOf({ world: of, base: from, arm, seed })], { learningRate: 5e-3 });
      const { parameters } = tuned as Tuned;
      return (await observe(programs, of, from, parameters, arm)).cells;
    };
    const [before, after] = [await cellsOf(world, base), await cellsOf(renamed, rebase)];
    expect(Math.max(...before.map(({ tv }) => tv))).toBeGreaterThan(1e-4);
    before.forEach(({ tv, character, topic }, i) => {
      expect(after[i]).toMatchObject({ character, topic });
      expect(Math.abs((after[i]?.tv as number) - tv)).toBeLessThan(1e-3);
    });
  }),
);

invariant(
  'the same seed gives the same digest, another seed another',
  fc.asyncProperty(setups, arms, seeds, async (setup, arm, seed) => {
    const digest = async (of: number): Promise<string> => {
      const programs = new Programs(engine);
      const world = drawWorld(setup, of);
      const [base] = (await pretrain(programs, [{ world, seed: of }])) as [Pretrained];
      const [tuned] = await tune(programs, [runOf({ world, base: base.parameters, arm, seed: of })]);
      const { parameters, ...rest } = tuned as Tuned;
      const { changes } = await observe(programs, world, base.parameters, parameters, arm);
      return hashOf({ changes, rest, losses: base.losses, parameters: [...parameters] });
    };
    expect(await digest(seed)).toBe(await digest(seed));
    expect(await digest(seed)).not.toBe(await digest(seed + 1));
  }),
);

invariant(
  'distances keep their bounds: TV, JS and damage lie in range, KL is not negative, and TV is at most sqrt(KL / 2)',
  fc.asyncProperty(setups, arms, seeds, async (setup, arm, seed) => {
    const programs = new Programs(engine);
    const world = drawWorld(setup, seed);
    const base = fresh(world, seed);
    const [tuned] = await tune(programs, [runOf({ world, base, arm, seed })], { learningRate: 2e-2 });
    const { changes, cells } = await observe(programs, world, base, (tuned as Tuned).parameters, arm);
    expect(Math.max(...cells.map(({ tv }) => tv))).toBeGreaterThan(1e-3);
    for (const { tv, js, kl, damage, spread } of [...cells, ...changes.bystanders]) {
      for (const share of [tv, js]) expect(share >= 0 && share <= 1).toBe(true);
      expect(kl).toBeGreaterThanOrEqual(0);
      for (const share of [damage, spread]) expect(Math.abs(share)).toBeLessThanOrEqual(1);
      // Means of TV and KL over the same positions keep Pinsker's inequality, as the root is concave.
      expect(tv).toBeLessThanOrEqual(Math.sqrt(kl / 2) + 1e-6);
    }
  }),
);

invariant(
  'the same seed gives the same observations in other processes as in this one',
  fc.asyncProperty(setups, arms, seeds, async (setup, arm, seed) => {
    const study = { catalog: BUILT_IN, setup, engine: 'onnx:cpu', seeds: [seed], arms: [arm] };
    const digest = async (first: (folder: string) => Promise<unknown>): Promise<string> => {
      const folder = mkdtempSync(join(tmpdir(), 'across-processes-'));
      try {
        await first(folder);
        const [replicate] = await observeStudy(study, folder, { write: () => undefined });
        return hashOf({ base: replicate?.base, arms: [...(replicate?.arms.values() ?? [])] });
      } finally {
        rmSync(folder, { recursive: true });
      }
    };
    const here = async (folder: string): Promise<void> => {
      const lineages = new Lineages(setup, BUILT_IN, openStore(folder), new Programs(engine), () => {});
      await lineages.bases([seed]);
      await lineages.arms([{ seed, arm }]);
      expect(missingJobs(study, openStore(folder))).toEqual([]);
    };
    expect(await digest(here)).toBe(await digest(async () => undefined));
  }),
  2,
);

invariant(
  'runs that train together are what they are alone, whatever their arms and seeds',
  fc.asyncProperty(setups, fc.tuple(supervisedArms, supervisedArms), seeds, async (setup, pair, seed) => {
    const programs = new Programs(engine);
    const runs = pair.map((arm, i) => {
      const world = drawWorld(setup, seed + i);
      return runOf({ world, base: fresh(world, seed + i), arm: { ...arm, rehearsal: 0 }, seed: seed + i });
    });
    const together = await tune(programs, runs, { learningRate: 5e-3 });
    for (const [r, run] of runs.entries()) {
      const [alone] = await tune(programs, [run], { learningRate: 5e-3 });
      expect(together[r]?.steps).toBe(alone?.steps);
      const gaps = (alone as Tuned).parameters.map((value, i) => value - (together[r] as Tuned).parameters[i]!);
      expect(Math.max(...gaps.map(Math.abs))).toBeLessThan(1e-4);
    }
  }),
);

invariant(
  'the order of prompts does not matter: each gets its own answer',
  fc.asyncProperty(setups, seeds, async (setup, seed) => {
    const programs = new Programs(engine);
    const world = drawWorld(setup, seed);
    const architecture = architectureOf(world);
    const { tokens, size } = bystanderPrompts(world);
    const [width, m] = [tokens.length / size, setup.world.payload];
    const order = stream(seed, 'order').shuffle(Array.from({ length: size }, (_, i) => i));
    const moved = Int32Array.from(order.flatMap((b) => [...tokens.subarray(b * width, (b + 1) * width)]));
    const answersTo = (of: Int32Array) =>
      greedyAnswers(programs, architecture, fresh(world, seed), { size, tokens: of }, m);
    const [straight, shuffled] = [await answersTo(tokens), await answersTo(moved)];
    order.forEach((b, i) => {
      expect(shuffled.slice(i * m, (i + 1) * m)).toEqual(straight.slice(b * m, (b + 1) * m));
    });
  }),
);

/** Parameters [P] in which each token's embedding row and unembedding column is that of another token: `to` of `from`. */
function movedRows(world: CharacterWorld, parameters: Float32Array, moves: ReadonlyMap<number, number>): Float32Array {
  const moved = parameters.slice();
  for (const { name, shape, offset } of layoutOf(architectureOf(world)).slots) {
    const [rows, columns] = shape;
    for (const [from, to] of moves) {
      if (name === 'embed.token') {
        moved.set(parameters.subarray(offset + from * columns, offset + (from + 1) * columns), offset + to * columns);
      }
      if (name !== 'unembed') continue;
      for (let row = 0; row < rows; row++)
        moved[offset + row * columns + to] = parameters[offset + row * columns + from] as number;
    }
  }
  return moved;
}
