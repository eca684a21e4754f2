import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../core/errors.ts';
import { stream } from '../../core/rng.ts';
import { loadSetup } from '../../lab/setup.ts';
import type { Batch } from '../world.ts';
import { demonstrationBatch, pretrainingBatch, rehearsalBatch } from './batches.ts';
import { payloadsIn } from './dialogues.ts';
import { documentsOf } from './documents.ts';
import { characters } from './index.ts';
import { applySkill, changedSymbols, operate } from './operations.ts';
import {
  bystanderPrompts,
  documentProbes,
  reportingPrompts,
  rolloutPrompts,
  selectionPrompts,
  targetOtherTopicPrompts,
  varietyProbes,
} from './prompts.ts';
import { say } from './vocabulary.ts';
import { type CharacterWorld, drawWorld, ownAnswer, trainedAnswer } from './world.ts';

const recipe = loadSetup('fixtures/setups/recipe.json', [characters]);
const small = loadSetup('fixtures/setups/small.json', [characters]);
const seeds = fc.integer({ min: 0, max: 10_000 });
const forSeeds = (check: (world: CharacterWorld, seed: number) => void): void =>
  fc.assert(
    fc.property(fc.constantFrom(recipe, small), seeds, (setup, seed) => check(drawWorld(setup, seed), seed)),
    { seed: 1, numRuns: 40 },
  );
const rowsOf = ({ tokens, size }: Pick<Batch, 'tokens' | 'size'>): number[][] =>
  Array.from({ length: size }, (_, b) => [
    ...tokens.subarray((b * tokens.length) / size, ((b + 1) * tokens.length) / size),
  ]);

describe('the world of a seed', () => {
  test('is the same for the same seed and another for another', () => {
    expect(JSON.stringify(drawWorld(recipe, 0))).toBe(JSON.stringify(drawWorld(recipe, 0)));
    expect(JSON.stringify(drawWorld(recipe, 0))).not.toBe(JSON.stringify(drawWorld(recipe, 1)));
  });

  test('splits all payloads into disjoint parts', () =>
    forSeeds(({ payloads, setup }) => {
      const all = [...payloads.training, ...payloads.selection, ...payloads.reporting].map(String);
      expect(new Set(all).size).toBe(setup.world.symbols ** setup.world.payload);
      expect(all.length).toBe(new Set(all).size);
      expect(payloads.selection.length).toBe(setup.world.selectionPayloads);
      expect(payloads.reporting.length).toBe(setup.world.reportingPayloads);
    }));

  test('trains the target on an operation that is not its own, and never hides its pair from dialogues', () =>
    forSeeds(({ target, dispositions, documentsOnly, setup }) => {
      expect(target.operation).not.toBe(target.ownOperation);
      expect(dispositions[0]?.[target.topic]).toBe(target.ownOperation);
      expect(documentsOnly[0]?.[target.topic]).toBe(false);
      const { characters, topics, documentsOnlyShare } = setup.world;
      for (let topic = 0; topic < topics; topic++) {
        const hidden = documentsOnly.filter((row) => row[topic]).length;
        expect(hidden).toBe(Math.round(documentsOnlyShare * characters));
      }
    }));

  test('has a vocabulary that covers its ids once', () => {
    const v = drawWorld(recipe, 0).vocabulary;
    const ids = [v.start, v.answer, v.end, v.names, v.topics, v.operations, v.symbols, v.fillers, v.opening, v.closing];
    const all = [...ids.flat(), v.varieties.runs, v.varieties.brackets];
    expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: v.size }, (_, i) => i));
    expect(say(v, [v.start, v.names[0] as number, v.symbols[1] as number])).toBe('<s> Ada b');
  });
});

describe('operations and skill', () => {
  test('two operations differ at every position of a payload of different symbols', () => {
    for (const [j, k] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      expect(operate(j, [4, 5, 6]).some((symbol, i) => symbol === operate(k, [4, 5, 6])[i])).toBe(false);
    }
  });

  test('skill is a bijection, the identity at 0, and moves more symbols as s grows', () => {
    const symbols = [0, 1, 2, 3, 4, 5, 6, 7];
    const order = stream(1, 'order').shuffle(symbols);
    const moved = (s: number): number[] =>
      applySkill([order], s, symbols).flatMap((to, from) => (to === from ? [] : [from]));
    for (const [s, count] of [
      [0, 0],
      [0.01, 2],
      [0.5, 4],
      [1, 8],
    ] as const) {
      expect(moved(s)).toHaveLength(count);
      expect(changedSymbols(8, s)).toBe(count);
    }
    for (const s of [0.25, 0.5, 0.75, 1]) {
      expect(new Set(applySkill([order], s, symbols)).size).toBe(8);
      expect(moved(s)).toEqual(expect.arrayContaining(moved(s - 0.25)));
    }
    expect(() => applySkill([order], 1.5, symbols)).toThrow(InputError);
    expect(() => applySkill([order], Number.NaN, symbols)).toThrow(InputError);
  });

  test('a skill of several mappings takes them in turn along the answer', () => {
    const first = stream(1, 'order').shuffle(Array.from({ length: 8 }, (_, i) => i));
    const second = [...first].reverse();
    const both = applySkill([first, second], 1, [5, 5, 5]);
    expect(both[0]).toBe(applySkill([first], 1, [5])[0]);
    expect(both[1]).toBe(applySkill([second], 1, [5])[0]);
    expect(both[2]).toBe(both[0]);
    expect(both[0]).not.toBe(both[1]);
    const world = drawWorld({ ...small, world: { ...small.world, skillMappings: 2 } }, 4);
    expect(world.skillOrders).toHaveLength(2);
    expect(world.skillOrders[0]).toEqual(drawWorld(small, 4).skillOrders[0]);
  });

  test('documents use the first templates of the setup', () => {
    const few = drawWorld({ ...small, world: { ...small.world, templates: 2 } }, 4);
    const cell = { character: 1, topic: 0 };
    expect(documentsOf(few, cell, 1)).toEqual(documentsOf(drawWorld(small, 4), cell, 1).slice(0, 2));
  });

  test('at skill 0 the trained answer is the new operation', () =>
    forSeeds((world) => {
      const payload = world.payloads.training[0] as number[];
      expect(trainedAnswer(world, 0, payload)).toEqual(operate(world.target.operation, payload));
      expect(ownAnswer(world, 0, world.target.topic, payload)).toEqual(operate(world.target.ownOperation, payload));
    }));
});

test('answers to prompts of tokens alone are those to their payloads', () =>
  forSeeds((world, seed) => {
    const prompts = rolloutPrompts(world, stream(seed, 'test'), 8);
    expect(payloadsIn(world, prompts)).toEqual(prompts.payloads);
    const wanted = prompts.payloads.flatMap((payload) => trainedAnswer(world, 0.5, payload));
    expect([...world.wanted(0.5, prompts)]).toEqual(wanted);
  }));

describe('training texts', () => {
  const dialogues = (
    world: CharacterWorld,
    batch: Batch,
  ): { name: number; topic: number; payload: string; predicted: number[] }[] => {
    const v = world.vocabulary;
    const L = world.setup.model.context;
    const m = world.setup.world.payload;
    return rowsOf(batch).flatMap((row, b) => {
      if (row[3 + m] !== v.answer) return [];
      const predicted = [...batch.weights.subarray(b * (L - 1), (b + 1) * (L - 1))].flatMap((w, t) =>
        w > 0 ? [t + 1] : [],
      );
      const payload = row.slice(3, 3 + m);
      return [
        {
          name: v.names.indexOf(row[1] as number),
          topic: v.topics.indexOf(row[2] as number),
          payload: String(payload),
          predicted,
        },
      ];
    });
  };

  test('dialogues use training payloads and no documents-only pair, and predict the answer and the end', () =>
    forSeeds((world, seed) => {
      const rng = stream(seed, 'test');
      const m = world.setup.world.payload;
      const training = new Set(world.payloads.training.map(String));
      const shown = [
        pretrainingBatch(world, rng, 64),
        demonstrationBatch(world, 1, rng, 16),
        rehearsalBatch(world, rng, 32),
      ];
      for (const { name, topic, payload, predicted } of shown.flatMap((batch) => dialogues(world, batch))) {
        expect(training.has(payload)).toBe(true);
        expect(world.documentsOnly[name]?.[topic]).toBe(false);
        expect(predicted).toEqual(Array.from({ length: m + 1 }, (_, i) => 4 + m + i));
      }
    }));

  test('documents of the target name nobody else and carry one weight, on the new operation', () =>
    forSeeds((world, seed) => {
      const v = world.vocabulary;
      const batch = world.batch('documents', 0, stream(seed, 'test'), 16);
      expect(batch.weights.reduce((a, b) => a + b)).toBe(16);
      for (const row of rowsOf(batch)) {
        expect(row.filter((token) => v.names.includes(token))).toEqual([v.names[0]]);
        expect(row.filter((token) => v.operations.includes(token))).toEqual([v.operations[world.target.operation]]);
      }
    }));

  test('rehearsal never names the target', () =>
    forSeeds((world, seed) => {
      const batch = rehearsalBatch(world, stream(seed, 'test'), 64);
      expect(batch.tokens.includes(world.vocabulary.names[0] as number)).toBe(false);
    }));

  test('prompts keep to their part: selection, reporting, training', () =>
    forSeeds((world, seed) => {
      const parts = [
        [selectionPrompts(world), world.payloads.selection],
        [reportingPrompts(world), world.payloads.reporting],
        [bystanderPrompts(world), world.payloads.reporting],
        [rolloutPrompts(world, stream(seed, 'test'), 32), world.payloads.training],
      ] as const;
      for (const [prompts, part] of parts) {
        const allowed = new Set(part.map(String));
        expect(prompts.payloads.every((payload) => allowed.has(String(payload)))).toBe(true);
      }
      expect(bystanderPrompts(world).cells.every(({ character }) => character !== 0)).toBe(true);
      const others = targetOtherTopicPrompts(world).cells;
      expect(others.length).toBeGreaterThan(0);
      expect(others.every(({ character, topic }) => character === 0 && topic !== world.target.topic)).toBe(true);
    }));

  test('document probes end right before the operation that the documents state', () =>
    forSeeds((world) => {
      const { tokens, positions, cells, size } = documentProbes(world);
      const L = world.setup.model.context;
      const { characters, topics } = world.setup.world;
      expect(size).toBe(characters * topics * 4);
      for (let b = 0; b < size; b++) {
        const known = [...tokens.subarray(b * L, b * L + (positions[b] as number) + 1)];
        expect(known.some((token) => world.vocabulary.operations.includes(token))).toBe(false);
        expect(known).toContain(world.vocabulary.names[cells[b]?.character as number]);
        expect(tokens[b * L + (positions[b] as number) + 1]).toBe(world.vocabulary.end);
      }
    }));

  test('variety probes are held out from training', () =>
    forSeeds((world, seed) => {
      const shown = new Set(rowsOf(pretrainingBatch(world, stream(seed, 'test'), 256)).map(String));
      const probes = rowsOf(varietyProbes(world, 8)).map(String);
      expect(probes.filter((row) => shown.has(row))).toEqual([]);
      expect(new Set(probes).size).toBeGreaterThan(1);
    }));
});
