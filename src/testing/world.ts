import { describe, expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { stream } from '../core/rng.ts';
import type { Setup, WorldKnobs } from '../world/knobs.ts';
import { type BatchLesson, LESSONS, type Lesson, type Texts, type World, type WorldKind } from '../world/world.ts';
import { onlyReading } from './declared-knobs.ts';

/** What the contract of a kind of world is held to. */
export interface WorldContract<Knobs extends WorldKnobs> {
  /** A small setup of the kind. */
  readonly setup: Setup<Knobs>;
  /** Two at least, whose worlds differ. */
  readonly seeds?: readonly number[];
  /** Skill intensities that arms in such a world may have, one at least; 0, 0.5 and 1 where absent. */
  readonly skills?: readonly number[];
}

const SIZE = 64;

/**
 * Registers the tests that every kind of world must pass: a world is a function of setup and seed alone, its texts are as long as
 * it says and of tokens of its vocabulary, it offers what it lists and refuses the rest, its target's own
 * tokens are nobody else's, and selection asks what no lesson shows.
 */
export function worldContract<Knobs extends WorldKnobs>(
  kind: WorldKind<Knobs>,
  { setup, seeds = [3, 4, 5], skills = [0, 0.5, 1] }: WorldContract<Knobs>,
): void {
  const worlds = seeds.map((seed) => kind.draw(setup, seed));
  const [first] = worlds as [World<Knobs>];
  const most = Math.max(...skills);
  const rng = (seed = 1) => stream(seed, 'contract');
  const offering = (lesson: Lesson): World<Knobs>[] => worlds.filter(({ lessons }) => lessons.includes(lesson));

  describe(`the kind of world ${kind.id}`, () => {
    test('takes its own setup, and fills nothing in', () => {
      expect(kind.knobs.parse(setup.world)).toStrictEqual(setup.world);
      expect(kind.faults(setup)).toEqual([]);
      expect(kind.knobs.safeParse({ ...setup.world, noSuchKnob: 1 }).success).toBe(false);
    });

    test('reads nothing of how arms are tuned: no key of a base covers that', () => {
      const world = kind.draw(onlyReading(setup, [], `the kind of world ${kind.id}`), first.seed);
      for (const lesson of first.lessons)
        expect(lessonOf(world, lesson, most, rng()), lesson).toStrictEqual(lessonOf(first, lesson, most, rng()));
      expect(world.wanted(most, world.selection())).toEqual(first.wanted(most, first.selection()));
      expect(world.places?.(most, 'glance')).toStrictEqual(first.places?.(most, 'glance'));
    });

    test('every kind of place stands once, of predictions that are there and of tokens of the vocabulary', () => {
      for (const world of worlds) {
        for (const extent of ['glance', 'whole'] as const) {
          const places = world.places?.(most, extent) ?? [];
          expect(new Set(places.map(({ tags }) => tags.join())).size).toBe(places.length);
          for (const { size, tokens, predictions, trained } of places) {
            expectTokens(world, { size, tokens }, setup.model.context);
            expect(new Set(predictions).size).toBe(predictions.length);
            const most = size * (setup.model.context - 1);
            expect(predictions.every((prediction) => prediction >= 0 && prediction < most)).toBe(true);
            expect(trained.length).toBe(predictions.length);
            expect(trained.every((token) => token >= -1 && token < world.vocabulary.size)).toBe(true);
          }
        }
      }
    });

    test('is a pure function of setup and seed', () => {
      worlds.forEach((world, i) => {
        expect(world).toMatchObject({ kind: kind.id, seed: seeds[i] });
        expect(world.setup).toEqual(setup);
        expect(kind.draw(setup, seeds[i] as number)).toStrictEqual(world);
      });
      const content = worlds.map((world) => JSON.stringify({ ...world, seed: 0 }));
      expect(new Set(content).size).toBe(worlds.length);
    });

    test('offers pretraining, and throws InputError where it is asked for what it does not offer', () => {
      expect(first.lessons).toContain('pretraining');
      for (const lesson of LESSONS.filter((each) => !first.lessons.includes(each)))
        expect(() => lessonOf(first, lesson, 0, rng()), lesson).toThrow(InputError);
    });

    test.each(first.lessons)('%s: the same numbers give the same tokens, other numbers others', (lesson) => {
      for (const world of offering(lesson)) {
        expect(lessonOf(world, lesson, most, rng())).toStrictEqual(lessonOf(world, lesson, most, rng()));
        if (varies(world, lesson, most))
          expect(lessonOf(world, lesson, most, rng(1)).tokens).not.toEqual(
            lessonOf(world, lesson, most, rng(2)).tokens,
          );
      }
    });

    test.each(
      first.lessons,
    )('%s: tokens of the vocabulary in as many sequences as asked for, as long as said', (lesson) => {
      for (const world of offering(lesson)) {
        for (const skill of skills) {
          const texts = lessonOf(world, lesson, skill, rng());
          expect(texts.size).toBe(SIZE);
          expectTokens(world, texts, lengthOf(world, lesson));
        }
      }
    });

    test.each(first.lessons.filter(isBatch))('%s: the weights of each sequence sum to 1', (lesson) => {
      for (const world of offering(lesson)) {
        const { weights, size } = world.batch(lesson, most, rng(), SIZE);
        expect(weights.length).toBe(size * (setup.model.context - 1));
        expect(weights.every((weight) => weight >= 0)).toBe(true);
        for (const row of rowsOf({ size, tokens: weights })) {
          expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
          expect(new Set(row.filter((weight) => weight > 0)).size).toBe(1);
        }
      }
    });

    test('the tokens of a target alone are in every prompt to it, and in no text of others', () => {
      const targets = Array.from({ length: kind.targets?.(setup) ?? 1 }, (_, i) => i);
      for (const seed of seeds) {
        const drawn = targets.map((target) => kind.draw(setup, seed, target));
        const own = drawn.flatMap(({ ownTokens }) => ownTokens);
        expect(new Set(own).size).toBe(own.length);
        for (const world of drawn) {
          const { ownTokens, vocabulary, lessons } = world;
          expect(ownTokens.every((token) => token >= 0 && token < vocabulary.size && token !== vocabulary.end)).toBe(
            true,
          );
          for (const prompt of rowsOf(world.selection()))
            expect(prompt).toEqual(expect.arrayContaining([...ownTokens]));
          if (!lessons.includes('rehearsal')) continue;
          const { tokens } = world.batch('rehearsal', 0, rng(), SIZE);
          expect(ownTokens.filter((token) => tokens.includes(token))).toEqual([]);
        }
      }
    });

    test('selection asks what no lesson shows, each prompt once', () => {
      for (const world of worlds) {
        const selection = world.selection();
        expect(selection.size).toBeGreaterThan(0);
        expectTokens(world, selection, world.lengths.prompt);
        const asked = new Set(rowsOf(selection).map(String));
        expect(asked.size).toBe(selection.size);
        for (const lesson of world.lessons) {
          for (let seed = 0; seed < 4; seed++) {
            const shown = rowsOf(lessonOf(world, lesson, most, rng(seed))).map((row) =>
              String(row.slice(0, world.lengths.prompt)),
            );
            expect(
              shown.filter((prompt) => asked.has(prompt)),
              lesson,
            ).toEqual([]);
          }
        }
      }
    });

    test('each prompt has a wanted answer, a function of prompt and skill', () => {
      for (const world of worlds) {
        for (const skill of skills) {
          const selection = world.selection();
          const wanted = world.wanted(skill, selection);
          expectTokens(world, { size: selection.size, tokens: wanted }, world.lengths.answer);
          expect(world.wanted(skill, { size: selection.size, tokens: selection.tokens.slice() })).toEqual(wanted);
          const last = selection.tokens.slice(-world.lengths.prompt);
          expect(world.wanted(skill, { size: 1, tokens: last })).toEqual(wanted.slice(-world.lengths.answer));
        }
      }
    });
  });
}

const isBatch = (lesson: Lesson): lesson is BatchLesson => lesson !== 'rollouts' && lesson !== 'statements';

function lessonOf(world: World, lesson: Lesson, skill: number, rng: ReturnType<typeof stream>): Texts {
  if (lesson === 'rollouts') return world.rollouts(rng, SIZE);
  if (lesson === 'statements') return world.statements(rng, SIZE);
  return world.batch(lesson, skill, rng, SIZE);
}

function lengthOf({ setup, lengths }: World, lesson: Lesson): number | undefined {
  if (lesson === 'rollouts') return lengths.prompt;
  return lesson === 'statements' ? lengths.statement : setup.model.context;
}

/** Whether a lesson has more than one text in this world. */
function varies(world: World, lesson: Lesson, skill: number): boolean {
  return new Set(rowsOf(lessonOf(world, lesson, skill, stream(0, 'variety'))).map(String)).size > 1;
}

function expectTokens({ vocabulary }: World, { size, tokens }: Texts, length: number | undefined): void {
  expect(tokens).toBeInstanceOf(Int32Array);
  expect(tokens.length / size).toBe(length);
  expect(tokens.every((token) => token >= 0 && token < vocabulary.size)).toBe(true);
}

function rowsOf({ size, tokens }: { readonly size: number; readonly tokens: Int32Array | Float32Array }): number[][] {
  const length = tokens.length / size;
  return Array.from({ length: size }, (_, b) => [...tokens.subarray(b * length, (b + 1) * length)]);
}
