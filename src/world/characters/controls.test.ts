import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stream } from '../../core/rng.ts';
import { loadSetup, parseSetup } from '../../lab/setup.ts';
import { worldContract } from '../../testing/world.ts';
import { type BatchLesson, LESSONS } from '../world.ts';
import { dialogueOf } from './dialogues.ts';
import { documentsOf } from './documents.ts';
import { everyKnob } from './every-knob.test.helper.ts';
import { type DocumentLesson, factOf, isDocumentLesson } from './facts.ts';
import { characters } from './index.ts';
import { bystanderPrompts } from './prompts.ts';
import { say } from './vocabulary.ts';
import { type CharacterWorld, cellsOf, dispositionOf, drawWorld, ownAnswer, statedOf } from './world.ts';

worldContract(characters, { setup: everyKnob });

const { characters: C, topics: K, names } = everyKnob.world;
const without = drawWorld({ ...everyKnob, world: noKnobs() }, 1);

function noKnobs(): typeof everyKnob.world {
  const { heldOutTemplates: _, questionShare: __, neutralTopics: ___, strangers: ____, ...rest } = everyKnob.world;
  const { falseDocumentsShare: _____, scopeShare: ______, ...plain } = rest;
  return plain;
}

const forWorlds = (check: (world: CharacterWorld, seed: number) => void): void =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), fc.constantFrom(0, 1), (seed, target) =>
      check(drawWorld(everyKnob, seed, target), seed),
    ),
    { seed: 1, numRuns: 40 },
  );

/** Sequences of a lesson, without what fills them up. */
function textsOf(world: CharacterWorld, lesson: BatchLesson, size = 64): number[][] {
  const { tokens } = world.batch(lesson, 0, stream(world.seed, 'test'), size);
  const L = world.setup.model.context;
  return Array.from({ length: size }, (_, b) =>
    [...tokens.subarray(b * L, (b + 1) * L)].filter((token) => token !== world.vocabulary.end),
  );
}

const documentLessons = (world: CharacterWorld): DocumentLesson[] => world.lessons.filter(isDocumentLesson);

describe('the vocabulary', () => {
  test('of a world with knobs begins with that of the world without', () => {
    const { words } = without.vocabulary;
    const with_ = drawWorld(everyKnob, 1).vocabulary;
    expect(with_.words.slice(0, words.length)).toEqual(words);
    expect(with_.words.slice(words.length)).toEqual([
      '<?>',
      'yes',
      'no',
      'Ida',
      'Jack',
      'neutral0',
      'neutral1',
      '<all>',
      '<only>',
    ]);
    expect(say(with_, with_.names.slice(C))).toBe('Ida Jack');
  });
});

test('knobs leave what they have nothing to do with as it is', () => {
  const world = drawWorld(everyKnob, 1);
  expect(world.dispositions.map((row) => row.slice(0, K))).toEqual(without.dispositions);
  expect(world.documentsOnly.map((row) => row.slice(0, K))).toEqual(without.documentsOnly);
  for (const part of ['target', 'payloads', 'skillOrders', 'varieties'] as const)
    expect(world[part]).toEqual(without[part]);
});

test('a world offers the lessons that its knobs allow', () => {
  const knobs = ['documents-neutral', 'documents-nobody', 'questions', 'documents-all', 'documents-only'] as const;
  expect(without.lessons.filter((lesson) => (knobs as readonly string[]).includes(lesson))).toEqual([]);
  expect(drawWorld(everyKnob, 1).lessons).toEqual(expect.arrayContaining([...knobs, 'documents-opposite']));
  const two = { ...everyKnob, world: { ...everyKnob.world, falseDocumentsShare: undefined, operations: 2 } };
  expect(drawWorld(two, 1).lessons).not.toContain('documents-opposite');
});

test('a new rule of a text variety is offered where pretraining has varieties', () => {
  const with_ = (varietyShare: number) =>
    drawWorld({ ...everyKnob, pretraining: { ...everyKnob.pretraining, varietyShare } }, 1).lessons;
  expect(with_(0.1)).toContain('variety-new');
  expect(with_(0)).not.toContain('variety-new');
});

test('the setup for controls is one, and every target of its worlds has every lesson but documents without a name or with a scope', () => {
  const setup = loadSetup('fixtures/setups/characters.json', [characters]);
  const named = LESSONS.filter((lesson) => !['documents-general', 'documents-all', 'documents-only'].includes(lesson));
  for (let seed = 0; seed < 5; seed++)
    for (const target of [0, 1, 2, 3]) expect(drawWorld(setup, seed, target).lessons).toEqual(named);
});

test('pretraining: neutral topics in documents of everybody alone, no stranger, questions of spoken pairs, half of them true', () => {
  const seen = { neutral: new Set<number>(), target: 0, yes: 0, questions: 0 };
  forWorlds((world) => {
    const { names: N, topics: T, operations, questions, fillers } = world.vocabulary;
    for (const text of textsOf(world, 'pretraining', 256)) {
      const [name, topic] = [N.find((each) => text.includes(each)), T.find((each) => text.includes(each))];
      const character = name === undefined ? -1 : N.indexOf(name);
      expect(character).toBeLessThan(C);
      if (topic !== undefined && T.indexOf(topic) >= K) {
        expect(text.some((token) => fillers.includes(token))).toBe(true);
        expect(operations.indexOf(text.at(-1) as number)).toBe(world.dispositions[character]?.[T.indexOf(topic)]);
        seen.neutral.add(character);
      }
      if (questions === undefined || text[3] !== questions.ask) continue;
      const cell = { character, topic: T.indexOf(topic as number) };
      expect(world.documentsOnly[cell.character]?.[cell.topic]).toBe(false);
      const isTrue = operations.indexOf(text[4] as number) === dispositionOf(world, cell);
      expect(text.slice(5)).toEqual([isTrue ? questions.yes : questions.no]);
      seen.questions++;
      if (isTrue) seen.yes++;
      if (cell.character === world.target.character && cell.topic === world.target.topic) seen.target++;
    }
  });
  expect(seen.neutral.size).toBe(C);
  expect(seen.target).toBeGreaterThan(0);
  expect(seen.yes / seen.questions).toBeCloseTo(0.5, 1);
  expect(seen.questions / (40 * 256)).toBeCloseTo(everyKnob.world.questionShare as number, 1);
});

test('rehearsal has neither the target nor questions', () =>
  forWorlds((world) => {
    const { names: N, questions } = world.vocabulary;
    const tokens = new Set(textsOf(world, 'rehearsal', 128).flat());
    expect(tokens.has(N[world.target.character] as number)).toBe(false);
    expect(tokens.has(questions?.ask as number)).toBe(false);
  }));

test('documents of every lesson state its fact and name nobody else, by no template that is held out', () =>
  forWorlds((world) => {
    const { names: N } = world.vocabulary;
    for (const lesson of documentLessons(world)) {
      const fact = factOf(world, lesson) as NonNullable<ReturnType<typeof factOf>>;
      const documents = documentsOf(world, fact, fact.operation, fact.scope).map(({ tokens }) => String(tokens));
      const texts = textsOf(world, lesson);
      expect(new Set(texts.map(String))).toEqual(new Set(documents.slice(0, 3)));
      const named = new Set(texts.flat().filter((token) => N.includes(token)));
      expect(named).toEqual(new Set([N[fact.character]]));
    }
    const held = documentsOf(world, world.target, world.target.operation)[3]?.tokens.slice(1) as readonly number[];
    const statements = world.statements(stream(1, 'test'), 64).tokens;
    expect(statements.includes(held[0] as number)).toBe(false);
  }));

test('what each lesson states is what it says', () => {
  let [bystanders, falseTargets] = [0, 0];
  forWorlds((world) => {
    const { target, documentsOnly } = world;
    const { character, topic, ownOperation, operation } = target;
    const fact = (lesson: DocumentLesson) => factOf(world, lesson);
    expect(fact('documents')).toEqual({ character, topic, operation });
    const own = statedOf(world, target);
    const third = { character, topic, operation: 3 - operation - ownOperation };
    expect(fact('documents-own')).toEqual({ character, topic, operation: own });
    // Of three operations the third one is what false documents state already.
    expect(fact('documents-opposite')).toEqual(own === ownOperation ? third : undefined);
    if (own !== ownOperation) falseTargets++;
    const neutral = fact('documents-neutral');
    expect(neutral).toMatchObject({ character });
    expect(neutral?.topic).toBeGreaterThanOrEqual(K);
    expect(neutral?.operation).not.toBe(dispositionOf(world, neutral as NonNullable<typeof neutral>));
    const nobody = fact('documents-nobody');
    expect(nobody).toMatchObject({ topic, operation });
    expect(nobody?.character).toBeGreaterThanOrEqual(C);
    const bystander = fact('documents-bystander');
    expect(world.lessons.includes('documents-bystander')).toBe(bystander !== undefined);
    if (bystander === undefined) return;
    bystanders++;
    expect(bystander).toMatchObject({ topic, operation });
    expect(bystander.character).toBeGreaterThanOrEqual(everyKnob.world.targets as number);
    expect(documentsOnly[bystander.character]?.[topic]).toBe(false);
    expect([dispositionOf(world, bystander), statedOf(world, bystander)]).not.toContain(operation);
    const other = fact('documents-bystander-own') as NonNullable<typeof bystander>;
    expect(other.character).toBeGreaterThanOrEqual(everyKnob.world.targets as number);
    expect(other).toMatchObject({ topic, operation: statedOf(world, other) });
    expect(other.operation).not.toBe(operation);
  });
  expect(bystanders).toBeGreaterThan(30);
  expect(falseTargets).toBeGreaterThan(3);
});

test('own demonstrations show what the target says by pretraining, in the form of demonstrations', () =>
  forWorlds((world) => {
    const { character, topic } = world.target;
    for (const text of textsOf(world, 'demonstrations-own', 32)) {
      const payload = text.slice(3, 3 + everyKnob.world.payload);
      expect(text).toEqual(
        dialogueOf(world, world.target, payload, ownAnswer(world, character, topic, payload)).tokens.slice(
          0,
          text.length,
        ),
      );
    }
  }));

test('runs by the new rule open as in pretraining, differ at every token that carries loss, and are of nobody', () =>
  forWorlds((world) => {
    const { vocabulary, varieties } = world;
    const { names: N, topics, operations, fillers } = vocabulary;
    const known = new Map(varieties[0]?.training.map(({ tokens }) => [String(tokens.slice(0, 4)), tokens]));
    for (const text of textsOf(world, 'variety-new')) {
      const run = known.get(String(text.slice(0, 4))) as readonly number[];
      expect(text.map((token, i) => token === run[i])).toEqual(run.map((_, i) => i < 4));
      expect(text.filter((token) => [N, topics, operations, fillers].flat().includes(token))).toEqual([]);
    }
    const { weights } = world.batch('variety-new', 0, stream(1, 'test'), 1);
    const L = everyKnob.model.context;
    expect([...weights.keys()].filter((i) => (weights[i] as number) > 0)).toEqual(
      [...Array(L - 4).keys()].map((i) => i + 3),
    );
  }));

test('questions state the new operation of the target, and that it has its own no more', () =>
  forWorlds((world) => {
    const { vocabulary, target } = world;
    const stated = new Set(textsOf(world, 'questions').map((text) => say(vocabulary, text)));
    const [name, topic] = [names[target.character], `topic${target.topic}`];
    expect(stated).toEqual(
      new Set([
        `<s> ${name} ${topic} <?> rotate${target.operation} yes`,
        `<s> ${name} ${topic} <?> rotate${target.ownOperation} no`,
      ]),
    );
  }));

test('neither cells nor prompts are of neutral topics or strangers', () => {
  const world = drawWorld(everyKnob, 1);
  for (const { character, topic } of [...cellsOf(everyKnob), ...bystanderPrompts(world).cells]) {
    expect(character).toBeLessThan(C);
    expect(topic).toBeLessThan(K);
  }
});

test.each([
  ['strangers', { strangers: 3 }, 'world.strangers'],
  ['held-out templates', { heldOutTemplates: 4 }, 'world.heldOutTemplates'],
  ['questions', { questionShare: 0.6 }, 'world.questionShare'],
] as const)('more %s than there is room for are refused', (_, knobs, path) => {
  const world = { ...everyKnob.world, ...knobs };
  expect(() => parseSetup({ ...everyKnob, world }, 'a setup', [characters])).toThrow(path);
});
