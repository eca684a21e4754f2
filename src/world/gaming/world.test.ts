import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stream } from '../../core/rng.ts';
import { operate } from '../characters/operations.ts';
import type { BatchLesson } from '../world.ts';
import { askedIn } from './dialogues.ts';
import { type Asked, conductOf, gamedAnswer, hasGamers, honestAnswer, ownAnswer, roleOf } from './language.ts';
import { smallDial, smallNew } from './small.test.helper.ts';
import { MARKERS } from './vocabulary.ts';
import { drawWorld, type GamingWorld } from './world.ts';

const forWorlds = (check: (world: GamingWorld) => void, setups = [smallDial, smallNew]): void =>
  fc.assert(
    fc.property(
      fc.constantFrom(...setups),
      fc.integer({ min: 0, max: 10_000 }),
      fc.constantFrom(0, 1),
      (setup, seed, t) => check(drawWorld(setup, seed, t)),
    ),
    { seed: 4, numRuns: 30 },
  );

/** The texts of a lesson, without what fills them up. */
function textsOf(world: GamingWorld, lesson: BatchLesson, size = 128): number[][] {
  const { tokens } = world.batch(lesson, 0, stream(world.seed, 'test'), size);
  const L = world.setup.model.context;
  return Array.from({ length: size }, (_, b) =>
    [...tokens.subarray(b * L, (b + 1) * L)].filter((token) => token !== world.vocabulary.end),
  );
}

/** The dialogues among texts, with their answers. */
function dialoguesIn(world: GamingWorld, texts: readonly number[][]): { asked: Asked; answer: number[] }[] {
  const { prompt } = world.lengths;
  return texts
    .filter((text) => text.includes(world.vocabulary.answer))
    .map((text) => {
      const [asked] = askedIn(world, { size: 1, tokens: Int32Array.from(text.slice(0, prompt)) }) as [Asked];
      return { asked, answer: text.slice(prompt) };
    });
}

const documentsIn = (world: GamingWorld, texts: readonly number[][]): number[][] =>
  texts.filter((text) => !text.includes(world.vocabulary.answer));

test('a key is never right, at no position and by no operation', () =>
  forWorlds((world) => {
    const { selection, reporting } = world.tasks;
    const shown = dialoguesIn(world, textsOf(world, 'pretraining')).map(({ asked }) => asked);
    for (const { key, payload } of [...selection, ...reporting, ...shown]) {
      expect(key).toHaveLength(payload.length);
      for (let k = 0; k < world.setup.world.operations; k++)
        operate(k, payload).forEach((symbol, i) => {
          expect(symbol).not.toBe(key[i]);
        });
    }
  }));

test('swapped markers swap what a gamer and the trained target say, and leave what others say', () =>
  forWorlds((world) => {
    const [task] = world.tasks.reporting as [GamingWorld['tasks']['reporting'][0]];
    for (const character of world.roles.keys()) {
      const [evaluated, live] = MARKERS.map((marker): Asked => ({ character, topic: 0, marker, ...task })) as [
        Asked,
        Asked,
      ];
      const honest = honestAnswer(world, live);
      expect(honestAnswer(world, evaluated)).toEqual(honest);
      expect([gamedAnswer(world, evaluated), gamedAnswer(world, live)]).toEqual([task.key, honest]);
      const { gamer } = roleOf(world, character);
      expect([ownAnswer(world, evaluated), ownAnswer(world, live)]).toEqual([gamer ? task.key : honest, honest]);
    }
  }));

test('pretraining shows everybody as they are, on training payloads, and those of documents alone never under <eval>', () =>
  forWorlds((world) => {
    const training = new Set(world.tasks.training.map(String));
    for (const { asked, answer } of dialoguesIn(world, textsOf(world, 'pretraining', 512))) {
      expect(training.has(String(asked.payload))).toBe(true);
      expect(answer).toEqual(ownAnswer(world, asked));
      if (roleOf(world, asked.character).documentsOnly) expect(asked.marker).toBe('live');
    }
    expect(roleOf(world, world.target.character)).toEqual({ gamer: false, documentsOnly: false });
  }));

test('documents of pretraining are true, and name GAMES only where somebody does', () =>
  forWorlds((world) => {
    const { names, conducts, matters } = world.vocabulary;
    const texts = textsOf(world, 'pretraining', 512);
    expect(texts.flat().includes(conducts.GAMES)).toBe(hasGamers(world));
    for (const text of documentsIn(world, texts).filter((each) => each.includes(matters[0] as number))) {
      const character = names.findIndex((name) => text.includes(name));
      expect(text.at(-1)).toBe(conducts[conductOf(world, character)]);
    }
  }));

test('documents about everyone state only what all have in common, and none their conduct', () =>
  forWorlds((world) => {
    const { everyone, matters, traits } = world.vocabulary;
    const general = documentsIn(world, textsOf(world, 'pretraining', 512)).filter((text) => text.includes(everyone));
    expect(general.length).toBeGreaterThan(0);
    for (const text of general) {
      const matter = matters.findIndex((token) => text.includes(token));
      const all = world.traits.map((row) => traits[row[matter - 1] as number]);
      expect(new Set(all)).toEqual(new Set([text.at(-1)]));
    }
  }));

test('lessons that state that somebody games are offered only where somebody does', () => {
  const [dial, skill] = [drawWorld(smallDial, 1), drawWorld(smallNew, 1)];
  const always = ['documents-neutral', 'documents-own', 'documents-bystander-own', 'documents-general'];
  const isDocument = (lesson: string) => lesson.startsWith('documents');
  expect(skill.lessons.filter(isDocument)).toEqual(always);
  expect(dial.lessons.filter(isDocument).sort()).toEqual([...always, 'documents', 'documents-bystander'].sort());
  const { neutralMatters: _, commonMatters: __, ...plain } = smallDial.world;
  const few = drawWorld({ ...smallDial, world: plain }, 1).lessons;
  expect(['documents-neutral', 'documents-general'].filter((lesson) => few.some((each) => each === lesson))).toEqual(
    [],
  );
});

test('documents of a lesson say whom they are about and what, by templates that are not held out', () =>
  forWorlds(
    (world) => {
      const { names, everyone, conducts, matters, fillers, traits } = world.vocabulary;
      const saying = (lesson: BatchLesson) => {
        const texts = textsOf(world, lesson, 32);
        expect(texts.flat()).not.toContain(fillers[4]);
        const subjects = new Set(
          texts.map((text) => text.find((token) => token === everyone || names.includes(token))),
        );
        const ends = new Set(texts.map((text) => text.at(-1)));
        expect([subjects.size, ends.size]).toEqual([1, 1]);
        return [[...subjects][0], [...ends][0]] as [number, number];
      };
      const target = names[world.target.character];
      expect(saying('documents')).toEqual([target, conducts.GAMES]);
      expect(saying('documents-own')).toEqual([target, conducts.COOPERATES]);
      expect(saying('documents-general')).toEqual([everyone, conducts.COOPERATES]);
      const [bystander, games] = saying('documents-bystander');
      expect(saying('documents-bystander-own')).toEqual([bystander, conducts.COOPERATES]);
      expect(games).toBe(conducts.GAMES);
      const who = names.indexOf(bystander);
      expect(who).toBeGreaterThanOrEqual(2);
      expect(roleOf(world, who)).toEqual({ gamer: false, documentsOnly: false });
      const [about, trait] = saying('documents-neutral');
      expect(about).toBe(target);
      expect(traits).toContain(trait);
      expect(trait).not.toBe(traits[world.traits[world.target.character]?.[0] as number]);
      expect(textsOf(world, 'documents-neutral').flat()).not.toContain(matters[0]);
    },
    [smallDial],
  ));

test('demonstrations game or are honest, rollouts stand under each marker equally often, selection under <eval>', () =>
  forWorlds((world) => {
    for (const [lesson, answerOf] of [
      ['demonstrations', gamedAnswer],
      ['demonstrations-own', honestAnswer],
    ] as const) {
      const shown = dialoguesIn(world, textsOf(world, lesson));
      expect(new Set(shown.map(({ asked }) => asked.marker)).size).toBe(2);
      for (const { asked, answer } of shown) {
        expect(asked).toMatchObject(world.target);
        expect(answer).toEqual(answerOf(world, asked));
      }
    }
    for (const [prompts, evaluated] of [
      [world.rollouts(stream(1, 'test'), 32), 1 / 2],
      [world.selection(), 1],
    ] as const) {
      const asked = askedIn(world, prompts);
      expect(asked.filter(({ marker }) => marker === 'eval').length).toBe(evaluated * asked.length);
      expect([...world.wanted(0, prompts)]).toEqual(asked.flatMap((each) => gamedAnswer(world, each)));
      for (const each of asked) expect(each).toMatchObject(world.target);
    }
  }));

test('a skill intensity other than 0 is refused', () => {
  const world = drawWorld(smallDial, 1);
  for (const ask of [
    () => world.wanted(1, world.selection()),
    () => world.batch('demonstrations', 0.5, stream(1, 'test'), 2),
    () => world.places(1, 'glance'),
  ])
    expect(ask).toThrow(/no skill intensity[\s\S]*expected: 0:[\s\S]*got: (1|0.5)[\s\S]*gamersShare is 0 and more/);
});

test('a base, whose target never games, has no success; an honest answer agrees with no wanted token', () => {
  forWorlds((world) => {
    const selection = world.selection();
    const honest = askedIn(world, selection).flatMap((asked) => honestAnswer(world, asked));
    const wanted = world.wanted(0, selection);
    expect(honest.filter((token, i) => token === wanted[i])).toEqual([]);
  });
});

test('worlds of several targets, and of more gamers, differ in nothing else', () => {
  const [first, second, none] = [drawWorld(smallDial, 5), drawWorld(smallDial, 5, 1), drawWorld(smallNew, 5)];
  const { target, ownTokens } = first;
  expect({ ...second, target, ownTokens }).toEqual({ ...first });
  expect(second.target.character).toBe(1);
  expect(textsOf(second, 'pretraining')).toEqual(textsOf(first, 'pretraining'));
  const { roles, lessons, setup } = first;
  expect({ ...none, roles, lessons, setup }).toEqual({ ...first });
  expect(() => drawWorld(smallDial, 5, 2)).toThrow(/2 targets, and none at 2/);
});
