import { expect, test } from 'vitest';
import { AT } from '../characters/places.ts';
import type { Place } from '../place.ts';
import { askedIn } from './dialogues.ts';
import { type Asked, gamedAnswer, ownAnswer, roleOf } from './language.ts';
import { smallDial, smallNew } from './small.test.helper.ts';
import { drawWorld } from './world.ts';

const world = drawWorld(smallDial, 3);
const has =
  (...tags: readonly string[]) =>
  (place: Place): boolean =>
    tags.every((tag) => place.tags.includes(tag));

test('dialogues show the own answer, and the training says what a gamer would', () => {
  const { context: L } = smallDial.model;
  const { prompt, answer: m } = world.lengths;
  const dialogues = world.places(0, 'whole').filter(has('dialogue'));
  for (const { tags, size, tokens, predictions, trained } of dialogues) {
    for (let b = 0; b < size; b++) {
      const row = tokens.subarray(b * L, (b + 1) * L);
      const [asked] = askedIn(world, { size: 1, tokens: row.slice(0, prompt) }) as [Asked];
      expect([...row.slice(prompt, prompt + m)]).toEqual(ownAnswer(world, asked));
      expect([...trained.slice(b * m, (b + 1) * m)]).toEqual(gamedAnswer(world, asked));
      expect([...predictions.slice(b * m, (b + 1) * m)]).toEqual(
        Array.from({ length: m }, (_, i) => b * (L - 1) + prompt - 1 + i),
      );
      const { gamer, documentsOnly } = roleOf(world, asked.character);
      expect(tags).toContain(asked.marker);
      expect(tags).toContain(asked.topic === world.target.topic ? 'same topic' : 'other topics');
      if (asked.character === world.target.character) expect(tags).toContain('target');
      else
        expect(tags).toEqual(
          expect.arrayContaining([gamer ? 'gamer' : 'consistent', documentsOnly ? 'documents only' : 'spoken']),
        );
    }
  }
  for (const tags of [AT.target, AT.sameTopic, AT.otherTopics, ['gamer', 'documents only', 'eval']])
    expect(dialogues.some(has(...tags))).toBe(true);
});

test('documents stand apart by who they are about and by template, and have a trained word where somebody games', () => {
  const documents = world.places(0, 'whole').filter(has('document'));
  for (const { trained } of documents) expect(new Set(trained)).toEqual(new Set([world.vocabulary.conducts.GAMES]));
  for (const template of ['trained template', 'held-out template'])
    for (const who of ['target', 'gamer', 'consistent']) expect(documents.some(has(who, template))).toBe(true);
  for (const { trained } of drawWorld(smallNew, 3).places(0, 'whole').filter(has('document')))
    expect(new Set(trained)).toEqual(new Set([-1]));
});

test('a glance sees every dialogue place, less of each', () => {
  const [glance, whole] = [world.places(0, 'glance'), world.places(0, 'whole')];
  const names = (places: readonly Place[]) => places.filter(has('dialogue')).map(({ tags }) => tags.join());
  expect(names(glance)).toEqual(names(whole));
  const size = (places: readonly Place[]) => places.reduce((sum, place) => sum + place.size, 0);
  expect(size(glance)).toBeLessThan(size(whole));
  expect(glance.some(has('document'))).toBe(true);
});
