import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashOf } from '../../src/core/canonical.ts';
import { stream } from '../../src/core/rng.ts';
import { Programs } from '../../src/engine/programs.ts';
import { loadEngine } from '../../src/engine/select.ts';
import { observe } from '../../src/measure/observation.ts';
import { architectureOf, initialParameters, layoutOf } from '../../src/model/parameters.ts';
import { type Arm, rl, sdft, sft } from '../../src/train/arm.ts';
import { type Pretrained, pretrain } from '../../src/train/pretrain.ts';
import { type Tuned, tune } from '../../src/train/tune.ts';
import { drawWorld, type World } from '../../src/world/characters.ts';
import type { Setup } from '../../src/world/knobs.ts';
import { loadSetup, parseSetup } from '../../src/world/setup.ts';

/** What must hold in every world, whatever its sizes: nothing here depends on a lucky setup. */
const small = loadSetup('fixtures/setups/small.json');
const engine = await loadEngine('onnx:cpu');
const NAMES = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hal'];

const setups: fc.Arbitrary<Setup> = fc
  .record({
    characters: fc.integer({ min: 3, max: 8 }),
    families: fc.integer({ min: 1, max: 3 }),
    topics: fc.integer({ min: 2, max: 3 }),
    operations: fc.integer({ min: 2, max: 3 }),
    symbols: fc.integer({ min: 3, max: 5 }),
    layers: fc.integer({ min: 1, max: 2 }),
    heads: fc.constantFrom(1, 2, 4),
    likeness: fc.constantFrom(0, 0.5, 1),
  })
  .map(({ characters, families, topics, operations, symbols, layers, heads, likeness }) =>
    parseSetup(
      {
        ...small,
        world: {
          ...small.world,
          names: NAMES,
          ...{ characters, families, topics, operations, symbols },
          payload: 3,
          familyLikeness: likeness,
          documentsOnlyShare: 0.2,
        },
        model: { ...small.model, context: 11, layers, heads },
        pretraining: { ...small.pretraining, steps: 10 },
        tuning: { ...small.tuning, steps: 4, rlSteps: 4 },
      },
      'a random setup',
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
const settings = { seed: 20261124, numRuns: 4, endOnFailure: true, markInterruptAsFailure: true };

const fresh = (world: World, seed: number): Float32Array =>
  initialParameters(layoutOf(architectureOf(world)), stream(seed, 'init'));

test('zero learning rate gives zero drift, damage and spread everywhere', () =>
  fc.assert(
    fc.asyncProperty(setups, arms, seeds, async (setup, arm, seed) => {
      const programs = new Programs(engine);
      const world = drawWorld(setup, seed);
      const base = fresh(world, seed);
      const [tuned] = await tune(programs, [{ world, base, arm, seed }], { learningRate: 0 });
      const { parameters } = tuned as Tuned;
      const { changes, cells } = await observe(programs, world, base, parameters, arm.skill);
      for (const { tv, js, kl, damage, spread } of cells) expect({ tv, js, kl, damage, spread }).toEqual(NOTHING);
      expect(changes.target.trainedAfter).toBe(changes.target.trainedBefore);
      expect([changes.text.documentTv, changes.text.varietyTv, changes.target.kl]).toEqual([0, 0, 0]);
    }),
    settings,
  ));

const NOTHING = { tv: 0, js: 0, kl: 0, damage: 0, spread: 0 };

// Not for RL: a draw by inverse distribution function goes through the tokens in their order, so a new name is a new draw.
test('renaming the characters permutes the drift matrix: each character keeps its own drift under its new name', () =>
  fc.assert(
    fc.asyncProperty(setups, supervisedArms, seeds, async (setup, arm, seed) => {
      const programs = new Programs(engine);
      const world = drawWorld(setup, seed);
      const { names } = world.vocabulary;
      const shuffled = stream(seed, 'renaming').shuffle(names);
      const renamed = { ...world, vocabulary: { ...world.vocabulary, names: shuffled } };
      const base = fresh(world, seed);
      const rebase = movedRows(world, base, new Map(names.map((name, i) => [name, shuffled[i] as number])));
      const cellsOf = async (of: World, from: Float32Array) => {
        const [tuned] = await tune(programs, [{ world: of, base: from, arm, seed }], { learningRate: 5e-3 });
        const { parameters } = tuned as Tuned;
        return (await observe(programs, of, from, parameters, arm.skill)).cells;
      };
      const [before, after] = [await cellsOf(world, base), await cellsOf(renamed, rebase)];
      expect(Math.max(...before.map(({ tv }) => tv))).toBeGreaterThan(1e-4);
      before.forEach(({ tv, character, topic }, i) => {
        expect(after[i]).toMatchObject({ character, topic });
        expect(Math.abs((after[i]?.tv as number) - tv)).toBeLessThan(1e-3);
      });
    }),
    settings,
  ));

test('the same seed gives the same digest, another seed another', () =>
  fc.assert(
    fc.asyncProperty(setups, arms, seeds, async (setup, arm, seed) => {
      const digest = async (of: number): Promise<string> => {
        const programs = new Programs(engine);
        const world = drawWorld(setup, of);
        const [base] = (await pretrain(programs, [{ world, seed: of }])) as [Pretrained];
        const [tuned] = await tune(programs, [{ world, base: base.parameters, arm, seed: of }]);
        const { parameters, ...rest } = tuned as Tuned;
        const { changes } = await observe(programs, world, base.parameters, parameters, arm.skill);
        return hashOf({ changes, rest, losses: base.losses, parameters: [...parameters] });
      };
      expect(await digest(seed)).toBe(await digest(seed));
      expect(await digest(seed)).not.toBe(await digest(seed + 1));
    }),
    settings,
  ));

/** Parameters [P] in which each token's embedding row and unembedding column is that of another token: `to` of `from`. */
function movedRows(world: World, parameters: Float32Array, moves: ReadonlyMap<number, number>): Float32Array {
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
