import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stream } from '../../core/rng.ts';
import { loadSetup, parseSetup } from '../../lab/setup.ts';
import type { CharacterKnobs } from '../knobs.ts';
import type { BatchLesson } from '../world.ts';
import { everyKnob } from './every-knob.test.helper.ts';
import { characters } from './index.ts';
import { type CharacterWorld, drawWorld } from './world.ts';

const { scopeShare: _, ...plain } = everyKnob.world;
const withoutScopes = { ...everyKnob, world: plain };
const registered = loadSetup('fixtures/setups/characters.json', [characters]);
const scoped = loadSetup('fixtures/setups/scope.json', [characters]);

const forWorlds = (check: (world: CharacterWorld, seed: number) => void): void =>
  fc.assert(
    fc.property(fc.constantFrom(everyKnob, scoped), fc.integer({ min: 0, max: 10_000 }), (setup, seed) =>
      check(drawWorld(setup, seed, 1), seed),
    ),
    { seed: 1, numRuns: 30 },
  );

/** Sequences of a lesson, without what fills them up. */
function textsOf(world: CharacterWorld, lesson: BatchLesson, size = 256): number[][] {
  const { tokens } = world.batch(lesson, 0, stream(world.seed, 'test'), size);
  const L = world.setup.model.context;
  return Array.from({ length: size }, (__, b) =>
    [...tokens.subarray(b * L, (b + 1) * L)].filter((token) => token !== world.vocabulary.end),
  );
}

const scopesOf = ({ vocabulary }: CharacterWorld): { all: number; only: number } =>
  vocabulary.scopes as { all: number; only: number };

test.each(['pretraining', 'rehearsal'] as const)('%s: the scope agrees with the family in every document', (lesson) => {
  const count = { documents: 0, all: 0, only: 0 };
  forWorlds((world) => {
    const { names, topics, operations, fillers } = world.vocabulary;
    const { all, only } = scopesOf(world);
    for (const text of textsOf(world, lesson)) {
      const scopes = text.filter((token) => token === all || token === only);
      const isDocument = text.some((token) => fillers.includes(token));
      if (!isDocument) expect(scopes).toEqual([]);
      if (isDocument) count.documents++;
      const [scope] = scopes;
      if (scope === undefined) continue;
      expect(scopes).toHaveLength(1);
      const character = names.indexOf(text[text.indexOf(scope) - 1] as number);
      const topic = topics.findIndex((token) => text.includes(token));
      const family = world.families[character] as number;
      const followed = operations[world.familyOperations[family]?.[topic] as number] === text.at(-1);
      expect(followed).toBe(scope === all);
      count[scope === all ? 'all' : 'only']++;
    }
  });
  expect(count.all).toBeGreaterThan(100);
  expect(count.only).toBeGreaterThan(100);
  const share = (count.all + count.only) / count.documents;
  expect(share).toBeGreaterThan(everyKnob.world.scopeShare as number);
  expect(share).toBeLessThan(scoped.world.scopeShare as number);
});

test('what a family has in common is what most of its members do', () => {
  const { families, familyOperations, dispositions } = drawWorld(scoped, 3);
  const follow = dispositions.flatMap((row, character) =>
    row.map((operation, topic) => operation === familyOperations[families[character] as number]?.[topic]),
  );
  const { familyLikeness, operations } = scoped.world;
  const expected = familyLikeness + (1 - familyLikeness) / operations;
  expect(follow.filter(Boolean).length / follow.length).toBeCloseTo(expected, 1);
});

test("documents with a scope are SDFT's with a word after the name, and those without stay as they are", () =>
  forWorlds((world) => {
    const { all, only } = scopesOf(world);
    const name = world.ownTokens[0] as number;
    const documents = new Set(textsOf(world, 'documents').map(String));
    for (const [lesson, scope] of [
      ['documents-all', all],
      ['documents-only', only],
    ] as const) {
      const texts = textsOf(world, lesson);
      for (const text of texts) expect(text[text.indexOf(name) + 1]).toBe(scope);
      expect(new Set(texts.map((text) => String(text.filter((token) => token !== scope))))).toEqual(documents);
    }
    expect(documents.size).toBe(3);
    for (const text of textsOf(world, 'documents')) for (const scope of [all, only]) expect(text).not.toContain(scope);
  }));

test('scopes change nothing but the documents of pretraining', () => {
  for (const [setup, without] of [
    [everyKnob, withoutScopes],
    [scoped, registered],
  ] as const) {
    const [world, other] = [drawWorld(setup, 5), drawWorld(without, 5)];
    const rest = ({ setup: __, lessons: ___, vocabulary: ____, ...others }: CharacterWorld) => others;
    expect(rest(world)).toEqual(rest(other));
    expect(world.vocabulary.words.slice(0, -2)).toEqual(other.vocabulary.words);
    expect(world.vocabulary.words.slice(-2)).toEqual(['<all>', '<only>']);
    const more = world.lessons.filter((lesson) => !other.lessons.includes(lesson));
    expect(more).toEqual(['documents-all', 'documents-only']);
  }
  const { scopeShare: __, ...world } = scoped.world;
  expect({ ...scoped, world }).toEqual(registered);
});

test.each([
  ['no document', { scopeShare: 0 }, /scopeShare/],
  ['every document', { scopeShare: 1 }, /scopeShare/],
  ['one family', { families: 1 }, /world\.families[\s\S]*got.*1 of 8/],
  ['families of one', { families: 5 }, /world\.families[\s\S]*got.*5 of 8/],
  ['families without likeness', { familyLikeness: 0 }, /world\.familyLikeness[\s\S]*between 0 and 1/],
  ['families that nobody deviates from', { familyLikeness: 1 }, /world\.familyLikeness[\s\S]*between 0 and 1/],
] as const)('a scope of %s is refused', (__, knobs: Partial<CharacterKnobs>, message) => {
  const of = (world: CharacterKnobs) => () => parseSetup({ ...everyKnob, world }, 'a setup', [characters]);
  expect(of({ ...everyKnob.world, ...knobs })).toThrow(message);
  if (knobs.scopeShare === undefined) expect(of({ ...plain, ...knobs })).not.toThrow();
});
