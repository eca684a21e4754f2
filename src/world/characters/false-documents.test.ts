import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stream } from '../../core/rng.ts';
import { parseSetup } from '../../lab/setup.ts';
import type { CharacterKnobs } from '../knobs.ts';
import { everyKnob } from './every-knob.test.helper.ts';
import { characters } from './index.ts';
import { type Cell, type CharacterWorld, cellsOf, dispositionOf, drawWorld, statedOf } from './world.ts';

const { falseDocumentsShare: _, ...plain } = everyKnob.world;
const setupAt = (knobs: Partial<CharacterKnobs>) => ({ ...everyKnob, world: { ...plain, ...knobs } });
const { characters: C, topics: K } = plain;

/** Worlds with this share of the characters' documents false, each beside the same one without. */
const forWorlds = (share: number, check: (world: CharacterWorld, without: CharacterWorld) => void): void =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), fc.constantFrom(0, 1), (seed, target) =>
      check(drawWorld(setupAt({ falseDocumentsShare: share }), seed, target), drawWorld(setupAt({}), seed, target)),
    ),
    { seed: 3, numRuns: 25 },
  );

const speaks = ({ documentsOnly }: CharacterWorld, { character, topic }: Cell): boolean =>
  documentsOnly[character]?.[topic] === false;

/** Texts of a lesson: those that name an operation, with whom and what they are about, and all others. */
function textsOf(world: CharacterWorld, lesson: 'pretraining' | 'rehearsal', size = 256) {
  const { names, topics, operations, questions } = world.vocabulary;
  const { tokens } = world.batch(lesson, 0, stream(world.seed, 'test'), size);
  const L = world.setup.model.context;
  const texts = Array.from({ length: size }, (__, b) => [...tokens.subarray(b * L, (b + 1) * L)]);
  const isDocument = (text: number[]): boolean =>
    text.some((token) => operations.includes(token)) && text[3] !== questions?.ask;
  const find = (of: readonly number[], text: number[]) => of.findIndex((token) => text.includes(token));
  return {
    documents: texts.map((text) =>
      isDocument(text)
        ? { character: find(names, text), topic: find(topics, text), said: find(operations, text) }
        : undefined,
    ),
    others: texts.map((text) => (isDocument(text) ? undefined : text)),
  };
}

test.each([
  0.25, 0.5, 1,
])('where the share is %s, so many characters have false documents on all that they speak on', (share) => {
  const targets = new Set<boolean>();
  forWorlds(share, (world) => {
    const isFalse = (cell: Cell): boolean => statedOf(world, cell) !== dispositionOf(world, cell);
    const spoken = cellsOf(world.setup).filter((cell) => speaks(world, cell));
    const liars = new Set(spoken.filter(isFalse).map(({ character }) => character));
    // A character that speaks on nothing has no false document: there are none such here but by chance.
    const speakers = new Set(spoken.map(({ character }) => character));
    expect(liars.size).toBeLessThanOrEqual(share * C);
    expect(liars.size).toBeGreaterThanOrEqual(share * C - (C - speakers.size));
    for (const cell of spoken) expect(isFalse(cell)).toBe(liars.has(cell.character));
    for (const cell of cellsOf(world.setup)) if (!speaks(world, cell)) expect(isFalse(cell)).toBe(false);
    for (const [character, row] of world.stated.entries())
      expect(row.slice(K)).toEqual(world.dispositions[character]?.slice(K));
    expect(statedOf(world, world.target)).not.toBe(world.target.operation);
    targets.add(liars.has(world.target.character));
  });
  expect(targets).toEqual(new Set(share === 1 ? [true] : [true, false]));
});

test('documents state it, and all other texts are those of the world where documents are true', () =>
  forWorlds(0.5, (world, without) => {
    for (const lesson of ['pretraining', 'rehearsal'] as const) {
      const [texts, plainTexts] = [textsOf(world, lesson), textsOf(without, lesson)];
      expect(texts.others).toEqual(plainTexts.others);
      let count = 0;
      for (const [b, document] of texts.documents.entries()) {
        const { said: truth, ...cell } = plainTexts.documents[b] ?? { character: -1, topic: -1, said: -1 };
        if (document === undefined) continue;
        count++;
        expect(document).toEqual({ ...cell, said: statedOf(world, cell) });
        expect(truth).toBe(dispositionOf(world, cell));
      }
      expect(count).toBeGreaterThan(0);
    }
  }));

test('it changes nothing but what documents state, and is the same whichever target is meant', () =>
  forWorlds(1, (world, without) => {
    const { stated, lessons: __, setup: ___, ...rest } = world;
    expect(JSON.parse(JSON.stringify(without))).toMatchObject(JSON.parse(JSON.stringify(rest)));
    expect(without.stated).toEqual(without.dispositions);
    expect(stated).not.toEqual(without.stated);
    expect(drawWorld(world.setup, world.seed, 1 - world.target.character).stated).toEqual(stated);
  }));

test('a larger share leaves the false documents of a smaller one as they are', () =>
  forWorlds(0.5, (world, without) => {
    const more = drawWorld(setupAt({ falseDocumentsShare: 0.75 }), world.seed, world.target.character);
    for (const cell of cellsOf(world.setup))
      if (statedOf(world, cell) !== statedOf(without, cell)) expect(statedOf(more, cell)).toBe(statedOf(world, cell));
  }));

test.each([
  ['a share of no character', { falseDocumentsShare: 0.05 }, /world.falseDocumentsShare: at least one of the 8/],
  ['no share', { falseDocumentsShare: 0 }, /world.falseDocumentsShare: more than 0/],
  ['two operations', { falseDocumentsShare: 1, operations: 2 }, /world.operations: at least 3/],
] as const)('false documents of %s are refused', (__, knobs, message) => {
  expect(() => parseSetup(setupAt(knobs), 'a setup', [characters])).toThrow(message);
});
