import { expect, test } from 'vitest';
import { InvariantError } from '../core/errors.ts';
import { BUILT_IN } from '../lab/built-in.ts';
import type { Arm } from '../train/arm.ts';
import { continued, sdft, sdftOn, sft } from '../train/arms.ts';
import { byArm, factsOf, isLeveled, named } from './groups.ts';
import { armLine, baseLine, charactersLine } from './lines.ts';
import { columnsOf } from './parquet.ts';
import { readRecords } from './read.ts';
import { type ClaimsFile, claimsFile, explorationFile, FORMAT, writable } from './schema.ts';

const records = readRecords('reports/published');
const { run, digest, partial, problems, notes, methods, columns, setupColumns, claims } = records;
const file: ClaimsFile = {
  ...{ format: FORMAT, run, digest, partial, problems, notes, methods, columns, setupColumns, claims },
};

test('what was written is what its schema says', () => {
  expect(writable(claimsFile, file, 'claims.json')).toBe(file);
  for (const each of records.explorations) expect(writable(explorationFile, each, 'explore.json')).toBe(each);
  for (const each of records.runs) expect(writable(armLine(), each, 'observations.jsonl.gz')).toBe(each);
  for (const each of records.bases) expect(writable(baseLine(), each, 'observations.jsonl.gz')).toBe(each);
  for (const { seed, arm, characters } of records.characters) writable(charactersLine, { seed, arm, characters }, 'c');
});

const withClaim = (changes: object): ClaimsFile => ({
  ...file,
  claims: claims.map((claim, i) => (i === 1 ? { ...claim, ...changes } : claim)),
});

test.each<[string, ClaimsFile, RegExp]>([
  ['a mean that is no number', withClaim({ targetEffects: { dial: Number.NaN } }), /claims\.1\.targetEffects\.dial/],
  ['a field that no schema has', withClaim({ more: 1 }), /claims\.1[\s\S]*more/],
  ['a field too few', withClaim({ drawn: undefined }), /claims\.1\.drawn/],
  ['a method that nothing is told of', { ...file, methods: methods.slice(1) }, /the method of every arm/],
])('%s is never written: it is a fault of the code, with its place', (_, wrong, message) => {
  const write = () => writable(claimsFile, wrong, 'claims.json');
  expect(write).toThrow(InvariantError);
  expect(write).toThrow(message);
});

test('a reading is held to its measure, and one of an unknown measure is kept as it is', () => {
  const [line] = records.runs as [(typeof records.runs)[number]];
  const wrong = { ...line, text: { ...line.text, varietyTv: 2 } };
  expect(() => writable(armLine(), wrong, 'observations.jsonl.gz')).toThrow(/text\.varietyTv/);
  const more = { ...line, mine: { anything: [1] } };
  expect(armLine().parse(more)).toMatchObject({ mine: { anything: [1] } });
});

test('an arm that goes on for the steps of RL does not end at its level', () => {
  const leveled = (arm: Arm): boolean => isLeveled(named(arm, factsOf(BUILT_IN.methods)));
  expect([sft({ skill: 1 }), sdft(), sdftOn('questions')].map(leveled)).toEqual([true, true, true]);
  const others = [
    sft({ skill: 1, stepsOfRl: 1 }),
    sdft({ stepsOfRl: 0 }),
    sdft({ steps: 9 }),
    sdftOn('own'),
    continued({ skill: 1 }),
  ];
  expect(others.map(leveled)).toEqual(others.map(() => false));
});

test('arms are listed by method, those that end after others last, then by rehearsal, skill and options', () => {
  const ids = factsOf(BUILT_IN.methods).map(({ id }) => id);
  const contents = ['neutral', 'opposite', 'own', 'bystander', 'nobody', 'bystander-own', 'general'];
  const controls = [...contents.map((content) => `sdft-${content}`), 'sft-own', 'sft-variety'];
  const leveled = ['sdft', 'sdft-questions', 'sdft-all', 'sdft-only', 'sft', 'rl', 'rl-plan', 'sft-rollouts', 'opsd'];
  expect(ids.slice(0, 9)).toEqual(leveled);
  expect(ids.slice(9)).toEqual([
    'null',
    ...controls,
    'rl-random',
    'continued',
    'sdft-clamped',
    'sft-clamped',
    'rl-clamped',
  ]);
  const [first] = records.runs as [(typeof records.runs)[number]];
  const of = (method: string, skill: number, options?: { rate: number }) => ({
    ...first,
    arm: { method, skill, rehearsal: 0, ...(options && { options }) },
  });
  const runs = [of('null', 0), of('rl', 1), of('rl', 0, { rate: 2 }), of('opsd', 0), of('rl', 0)];
  const listed = byArm(runs, factsOf(BUILT_IN.methods)).map(({ arm }) => `${arm.method} ${arm.skill}`);
  expect(listed).toEqual(['rl 0', 'rl 0', 'rl 1', 'opsd 0', 'null 0']);
  expect(columnsOf(BUILT_IN, runs).map(({ name }) => name)).toContain('options');
  expect(columnsOf(BUILT_IN, runs).find(({ name }) => name === 'method')?.about).toBe('null, rl or opsd');
});
