import { expect, test } from 'vitest';
import { hashOf } from '../../core/canonical.ts';
import { stream } from '../../core/rng.ts';
import { loadSetup } from '../../lab/setup.ts';
import type { BatchLesson } from '../world.ts';
import { characters } from './index.ts';
import { drawWorld } from './world.ts';

// A knob that a setup does not have changes nothing: each hash is of a world and its texts as they were before there was any.

const recipe = loadSetup('fixtures/setups/recipe.json', [characters]);
const small = loadSetup('fixtures/setups/small.json', [characters]);
const other = {
  ...small,
  world: { ...small.world, characters: 5, families: 3, topics: 3, templates: 2, skillMappings: 2 },
};
const LESSONS: readonly BatchLesson[] = ['pretraining', 'rehearsal', 'documents', 'demonstrations'];

/** A hash of a world, without what its texts and the rest of it tell, and of some texts of each lesson. */
function hashAt(setup: typeof recipe, seed: number): string {
  const world = drawWorld(setup, seed);
  const { lessons: _, ownTokens: __, stated: ___, familyOperations: ____, ...language } = world;
  const texts = [
    ...LESSONS.map((lesson) => world.batch(lesson, 0.5, stream(seed, 'texts', lesson), 64)),
    world.rollouts(stream(seed, 'texts', 'rollouts'), 64),
    world.statements(stream(seed, 'texts', 'statements'), 64),
    world.selection(),
  ];
  const plain = texts.map((text) => Object.values(text).map((part) => Array.from(part as ArrayLike<unknown>)));
  return hashOf([JSON.parse(JSON.stringify(language)), JSON.parse(JSON.stringify(plain))]).slice(0, 16);
}

test.each([
  ['recipe', recipe, 0, 'b9a3fee63e13672f'],
  ['recipe', recipe, 1, '04574130373318ec'],
  ['recipe', recipe, 9001, 'ac253741b1585f68'],
  ['recipe', recipe, 123456, '9abfb7507bc48da1'],
  ['small', small, 3, '307d6f9a5e3423f6'],
  ['small', small, 4, '540a0e00760114ee'],
  ['small', small, 77, 'f62faae7c00d5515'],
  ['other', other, 3, '8ecae0ed48e0ec1b'],
  ['other', other, 4, '0016cde115549553'],
  ['other', other, 77, '8137ec1467fdd196'],
] as const)('the world of %s and seed %i is what it was', (_, setup, seed, hash) => {
  expect(hashAt(setup, seed)).toBe(hash);
});
