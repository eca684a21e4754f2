import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Configuration } from '../project/configuration.ts';
import { HERE } from '../project/here.test.helper.ts';
import { kindIn } from '../world/knobs.ts';
import type { BaseLine } from './lines.ts';
import { PICTURES } from './pictures/index.ts';
import { readWorlds, WORLDS, worldsFile, worldsOf } from './worlds.ts';

const configuration = { project: HERE, catalog: HERE.catalog } as object as Configuration;
const line = (seed: number, setup?: string): BaseLine =>
  ({ seed, played: true, devices: [], quality: {}, ...(setup && { setup }) }) as object as BaseLine;
const [name] = Object.keys(HERE.setups).slice(1) as [string];

test('of each setup but the usual one a world is told of, by some of its texts in words', () => {
  const told = worldsOf([line(1), line(2, name), line(3, name)], configuration);
  expect(told.map((each) => each.name)).toEqual([name]);
  const [{ about, texts }] = told as [(typeof told)[number]];
  expect(about).toContain('characters');
  const lessons = texts.map(({ lesson }) => lesson);
  expect(lessons).toEqual(expect.arrayContaining(['pretraining', 'documents', 'demonstrations']));
  expect(lessons).not.toContain('rollouts');
  for (const { text } of texts) {
    expect(text.startsWith('<s> ')).toBe(true);
    expect(text).not.toContain('<eos>');
    expect(text.split(' ')).not.toContain('');
  }
  expect(worldsOf([line(2, name)], configuration)).toEqual(told);
  expect(worldsOf([line(1)], configuration)).toEqual([]);
});

test('worlds of plans and of gaming are drawn, too', () => {
  const kinds = PICTURES.map(({ kind }) => kind);
  const drawn = Object.entries(HERE.setups).filter(([, setup]) => kinds.includes(kindIn(setup.world)));
  const names = drawn.map(([each]) => each);
  expect(new Set(drawn.map(([, setup]) => kindIn(setup.world)))).toEqual(new Set(kinds));
  const told = worldsOf(
    [name, ...names].map((of) => line(2, of)),
    configuration,
  );
  expect(told.flatMap(({ picture, ...of }) => (picture === undefined ? [] : [of.name]))).toEqual(names);
  expect(worldsFile.parse(told)).toEqual(told);
});

test('what is not told of worlds is refused, and nothing is read where there is nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'worlds-'));
  expect(readWorlds(folder)).toEqual([]);
  writeFileSync(join(folder, WORLDS), '[{ "name": 1 }]');
  expect(() => readWorlds(folder)).toThrow(/worlds\.json/);
  rmSync(folder, { recursive: true });
});
