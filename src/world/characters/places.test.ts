import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stream } from '../../core/rng.ts';
import { loadSetup } from '../../lab/setup.ts';
import type { Place } from '../place.ts';
import { everyKnob } from './every-knob.test.helper.ts';
import { characters } from './index.ts';
import { type CharacterWorld, cellsOf, dispositionOf, drawWorld, ownAnswer, statedOf, trainedAnswer } from './world.ts';

const setups = [
  ...['recipe', 'small'].map((name) => loadSetup(`fixtures/setups/${name}.json`, [characters])),
  everyKnob,
];
const forWorlds = (check: (world: CharacterWorld) => void): void =>
  fc.assert(
    fc.property(fc.constantFrom(...setups), fc.integer({ min: 0, max: 10_000 }), (setup, seed) =>
      check(drawWorld(setup, seed)),
    ),
    { seed: 2, numRuns: 12 },
  );

/** The texts of a place, each with who and what it is about, its predicted tokens and the trained ones. */
function textsOf(world: CharacterWorld, { tokens, predictions, trained }: Place) {
  const { context: L } = world.setup.model;
  const { names, topics } = world.vocabulary;
  const rows = new Map<number, { predicted: number[]; trained: number[] }>();
  predictions.forEach((prediction, i) => {
    const b = Math.floor(prediction / (L - 1));
    const row = rows.get(b) ?? { predicted: [], trained: [] };
    rows.set(b, row);
    row.predicted.push(tokens[b * L + (prediction % (L - 1)) + 1] as number);
    row.trained.push(trained[i] as number);
  });
  return [...rows].map(([b, row]) => {
    const text = [...tokens.subarray(b * L, (b + 1) * L)];
    const indexOf = (of: readonly number[]) => of.findIndex((token) => text.includes(token));
    return { ...row, text, character: indexOf(names), topic: indexOf(topics) };
  });
}

test('every pair stands in one dialogue place and one document place, with its own answer and the trained one', () =>
  forWorlds((world) => {
    const { target, vocabulary, setup } = world;
    const places = world.places(0.5, 'whole');
    expect(new Set(places.map(({ tags }) => tags.join())).size).toBe(places.length);
    const seen = new Map<string, string[]>();
    for (const place of places.filter(({ tags }) => ['dialogue', 'document'].includes(tags[0] as string))) {
      const [register, ...tags] = place.tags as [string, ...string[]];
      for (const { character, topic, predicted, trained, text } of textsOf(world, place)) {
        const name = `${register} ${character} ${topic}`;
        const which = tags.filter((tag) => !tag.endsWith('template')).join();
        seen.set(name, [...new Set([...(seen.get(name) ?? []), which])]);
        const cell = { character, topic };
        if (register === 'document') {
          expect(predicted).toEqual([vocabulary.operations[statedOf(world, cell)]]);
          expect(trained).toEqual([vocabulary.operations[target.operation]]);
        } else {
          const payload = text.slice(3, 3 + setup.world.payload);
          expect(world.payloads.reporting).toContainEqual(payload);
          expect(predicted).toEqual(ownAnswer(world, character, topic, payload));
          expect(trained).toEqual(trainedAnswer(world, 0.5, payload));
        }
      }
    }
    for (const cell of cellsOf(setup)) {
      const topic = cell.topic === target.topic ? 'same topic' : 'other topics';
      const hidden = world.documentsOnly[cell.character]?.[cell.topic] ? 'documents only' : 'spoken';
      const isTarget = cell.character === target.character;
      for (const [register, own] of [
        ['dialogue', dispositionOf(world, cell)],
        ['document', statedOf(world, cell)],
      ] as const) {
        const operation = own === target.operation ? 'trained operation' : 'other operation';
        const tags = isTarget ? ['target', topic] : ['bystander', topic, hidden, operation];
        expect(seen.get(`${register} ${cell.character} ${cell.topic}`), register).toEqual([tags.join()]);
      }
    }
  }));

test('documents stand apart by whether tuning uses their template, questions tell of the own and of the trained operation', () => {
  const world = drawWorld(everyKnob, 3);
  const { target, vocabulary } = world;
  const places = world.places(1, 'whole');
  const textsAt = (...tags: string[]) =>
    places.filter((place) => tags.every((tag) => place.tags.includes(tag))).flatMap((place) => textsOf(world, place));
  const taught = new Set<number>(world.batch('documents', 0, stream(1, 'batch'), 64).tokens);
  const words = (texts: ReturnType<typeof textsAt>) => new Set(texts.flatMap(({ text }) => text));
  const last = vocabulary.fillers[4] as number;
  expect(taught.has(last)).toBe(false);
  expect(words(textsAt('document', 'held-out template')).has(last)).toBe(true);
  expect(words(textsAt('document', 'trained template')).has(last)).toBe(false);
  const asked = textsAt('question', 'target').map(({ text, predicted, trained }) => [
    text[4],
    ...[...predicted, ...trained].map((token) => vocabulary.words[token]),
  ]);
  expect(asked).toEqual([
    [vocabulary.operations[target.ownOperation], 'yes', 'no'],
    [vocabulary.operations[target.operation], 'no', 'yes'],
  ]);
  expect(textsAt('question', 'trained operation')).toEqual([]);
  expect(textsAt('question', 'bystander', 'other operation').length).toBeGreaterThan(0);
});

test('varieties are held out, and the training has no say there', () =>
  forWorlds((world) => {
    const places = world.places(1, 'whole').filter(({ tags }) => tags.includes('variety'));
    expect(places.map(({ tags }) => tags[1])).toEqual(['runs', 'brackets']);
    for (const [i, place] of places.entries()) {
      expect([...place.trained].every((token) => token === -1)).toBe(true);
      const shown = new Set(world.varieties[i]?.training.map(({ tokens }) => tokens.join()));
      for (const { text } of textsOf(world, place))
        expect([...shown].some((tokens) => text.join().startsWith(tokens))).toBe(false);
    }
  }));

test('a glance sees every kind of place, less of each', () =>
  forWorlds((world) => {
    const [glance, whole] = [world.places(1, 'glance'), world.places(1, 'whole')];
    const size = (places: readonly Place[]) => places.reduce((sum, place) => sum + place.size, 0);
    expect(size(glance)).toBeLessThan(size(whole));
    const sameTopic = ({ tags }: Place) => tags.includes('same topic') && tags.includes('dialogue');
    expect(glance.filter(sameTopic).map(({ tags }) => tags)).toEqual(whole.filter(sameTopic).map(({ tags }) => tags));
    for (const kind of ['target', 'other topics', 'document', 'variety'])
      expect(
        glance.some(({ tags }) => tags.includes(kind)),
        kind,
      ).toBe(true);
  }));
