import { describe, expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { readJson } from '../core/json-file.ts';
import { worlds } from '../world/index.ts';
import { BUILT_IN } from './built-in.ts';
import { kindOf } from './catalog.ts';
import { loadSetup, parseSetup, worldOf } from './setup.ts';

const recipe = loadSetup('fixtures/setups/recipe.json', worlds);

test('a setup is what its file says, with nothing filled in', () => {
  expect(recipe).toStrictEqual(readJson('fixtures/setups/recipe.json', ''));
  const named = { ...recipe, world: { ...recipe.world, kind: 'characters' } };
  expect(parseSetup(named, 'mine.json', worlds)).toStrictEqual(named);
});

test('a setup without a kind of world is of characters', () => {
  expect(kindOf(BUILT_IN, recipe).id).toBe('characters');
  expect(worldOf(recipe, 3, worlds)).toMatchObject({ kind: 'characters', seed: 3, setup: recipe });
});

describe('bad setups', () => {
  type Change = (setup: { [part: string]: { [knob: string]: unknown } }) => void;
  const bad: [string, RegExp, Change][] = [
    ['wrong type', /world.topics/, (s) => Object.assign(s['world']!, { topics: 'four' })],
    ['size out of range', /model.width/, (s) => Object.assign(s['model']!, { width: -4 })],
    ['unknown key', /widht/, (s) => Object.assign(s['model']!, { widht: 4 })],
    [
      'more characters than names',
      /world.characters: at most as many as world.names/,
      (s) => Object.assign(s['world']!, { characters: 73 }),
    ],
    [
      'payload longer than the context',
      /model.context: at least 13/,
      (s) => Object.assign(s['world']!, { payload: 4 }),
    ],
    ['no room for training payloads', /at most half/, (s) => Object.assign(s['world']!, { selectionPayloads: 200 })],
    ['heads that do not divide the width', /model.heads/, (s) => Object.assign(s['model']!, { heads: 7 })],
    ['no dialogues', /pretraining.documentShare/, (s) => Object.assign(s['pretraining']!, { documentShare: 0.95 })],
  ];
  test.each(bad)('%s: expected / got / to do', (_name, message, change) => {
    const setup = structuredClone(recipe) as unknown as Parameters<Change>[0];
    change(setup);
    const parse = (): unknown => parseSetup(setup, 'mine.json', worlds);
    expect(parse).toThrow(InputError);
    expect(parse).toThrow(message);
    expect(parse).toThrow(/expected:[\s\S]*got:[\s\S]*to do:/);
  });

  test('a kind of world that is not on the list', () => {
    const parse = (): unknown => parseSetup({ ...recipe, world: { kind: 'games' } }, 'mine.json', worlds);
    expect(parse).toThrow(InputError);
    expect(parse).toThrow(
      /world.kind: characters, plans, gaming, texts\n[\s\S]*got: "games"[\s\S]*spillover.config.ts/,
    );
  });

  test('a file that is absent or is not JSON', () => {
    expect(() => loadSetup('no-such.json', worlds)).toThrow(InputError);
    expect(() => loadSetup('README.md', worlds)).toThrow(InputError);
  });
});
