import fc from 'fast-check';
import { expect, test } from 'vitest';
import golden from '../../fixtures/golden/distances.json' with { type: 'json' };
import small from '../../fixtures/setups/small.json' with { type: 'json' };
import { InputError, InvariantError } from '../core/errors.ts';
import { stream } from '../core/rng.ts';
import type { Tensor } from '../core/safetensors.ts';
import { onnxCpu } from '../engine/engines/onnx-cpu.ts';
import { Programs } from '../engine/programs.ts';
import { loadEngine } from '../engine/select.ts';
import { architectureOf, initialParameters, layoutOf } from '../model/parameters.ts';
import { sft } from '../train/arms.ts';
import { drawWorld } from '../world/characters/world.ts';

import { type BystanderChange, cellsIn } from './bystanders.ts';
import { compare } from './comparison.ts';
import { distances, meanDistances } from './drift.ts';
import { grouped } from './groups.ts';
import { bystanders } from './measures/bystanders.ts';
import { hidden } from './measures/hidden.ts';
import { measures } from './measures/index.ts';
import { places } from './measures/places.ts';
import { quality } from './measures/quality.ts';
import { target } from './measures/target.ts';
import { text } from './measures/text.ts';
import { transcript } from './measures/transcript.ts';
import { type Changes, containmentRatio, drift, readingOf, spread } from './observation.ts';
import { checkedReading, readingFault, readingsOf } from './reading.ts';

const log = (p: readonly number[]): number[] => p.map(Math.log);

test.each(golden.cases)('distances agree with SciPy: case %#', ({ p, q, tv, js, kl }) => {
  const found = distances(log(p), log(q));
  expect(found.tv).toBeCloseTo(tv, 12);
  expect(found.js).toBeCloseTo(js, 12);
  expect(found.kl).toBeCloseTo(kl, 10);
});

const distribution = fc
  .array(fc.double({ min: 1e-6, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
  .map((weights) => weights.map((weight) => weight / weights.reduce((a, b) => a + b)));

test('distances are 0 from a distribution to itself, never negative, and TV and JS are symmetric', () =>
  fc.assert(
    fc.property(distribution, distribution, (p, q) => {
      expect(distances(log(p), log(p))).toEqual({ tv: 0, js: 0, kl: 0 });
      const [there, back] = [distances(log(p), log(q)), distances(log(q), log(p))];
      expect(Math.min(there.tv, there.js, there.kl)).toBeGreaterThanOrEqual(0);
      expect(there.tv).toBeCloseTo(back.tv, 12);
      expect(there.js).toBeCloseTo(back.js, 12);
    }),
    { seed: 1 },
  ));

test('NaN, lengths that differ and nothing at all are refused', () => {
  expect(() => distances([Number.NaN, -1], [-1, -1])).toThrow(InvariantError);
  expect(() => distances([0.5], [0])).toThrow(InvariantError);
  expect(() => distances([0], [0, 0])).toThrow(InvariantError);
  expect(() => meanDistances([])).toThrow(InvariantError);
});

const cell = (fields: Partial<BystanderChange>): BystanderChange => ({
  ...{ character: 1, topic: 0, sameTopic: true, sameFamily: true, differs: true },
  ...{ tv: 0, js: 0, kl: 0, damage: 0, spread: 0 },
  ...fields,
});

test('drift and spread are means over cells, spread only over those where the trained operation is another', () => {
  const cells = [
    cell({ tv: 0.2, spread: 0.4 }),
    cell({ tv: 0.4, spread: 1, differs: false }),
    cell({ tv: 0.9, sameFamily: false }),
    cell({ tv: 0.5, sameTopic: false, spread: -0.1 }),
  ];
  const changes = { bystanders: grouped(cells) };
  expect(drift(changes)).toBeCloseTo(0.5);
  expect(drift(changes, { topic: 'same', family: 'same' })).toBeCloseTo(0.3);
  expect(drift(changes, {})).toBeCloseTo(0.5);
  expect(drift(changes, { topic: 'other' })).toBeCloseTo(0.5);
  expect(spread(changes)).toBeCloseTo(0.2);
  expect(spread(changes, { topic: 'other' })).toBeCloseTo(-0.1);
  expect(() => drift(changes, { topic: 'other', family: 'other' })).toThrow(InvariantError);
});

const programs = new Programs(await loadEngine(onnxCpu));
const world = drawWorld(small, 5);
const network = (seed: number): Float32Array =>
  initialParameters(layoutOf(architectureOf(world)), stream(seed, 'init'));

test('measures of two real networks are in their ranges, and what is told of them follows', async () => {
  const ofCharacters = measures.filter(({ worlds }) => worlds.includes('characters'));
  const readings = await readingsOf(ofCharacters, compare(programs, world, sft({ skill: 1 }), network(1), network(2)));
  const observation = Object.fromEntries(Object.entries(readings).map(([id, { data }]) => [id, data]));
  const changes: Changes = {
    target: readingOf(target, observation),
    text: readingOf(text, observation),
    bystanders: readingOf(bystanders, observation),
    places: readingOf(places, observation),
    hidden: readingOf(hidden, observation),
    transcript: readingOf(transcript, observation),
  };
  expect(cellsIn(readings['bystanders']?.tensors?.['cells'], world)).toHaveLength(5 * 2);
  expect(drift(changes)).toBeGreaterThan(0.01);
  expect(changes.text.beliefBefore).not.toBe(changes.text.beliefAfter);
  expect(changes.target.surprise).toBeGreaterThan(0);
  const [first] = changes.transcript;
  expect(first).toMatchObject({ who: 'target', sameTopic: true });
  expect(first?.prompt).toMatch(/^<s> Ada topic\d( [a-d]){2} <a>$/);
  for (const { own, trained, before, after } of changes.transcript)
    for (const answer of [own, trained, before, after])
      expect(answer.split(' ')).toHaveLength(world.setup.world.payload);
  expect(new Set(changes.transcript.map(({ who }) => who))).toEqual(new Set(['target', 'same family', 'other family']));
  const { data } = await quality.of({ programs, world, base: network(1) });
  for (const share of Object.values(data)) expect(share >= 0 && share <= 1).toBe(true);
});

test('a containment ratio is spread over target effect, and null without an effect or an open bystander', () => {
  const base = { surprise: 1, kl: 1, otherTopicsTv: 0 };
  const half = { ...base, trainedBefore: 0, trainedAfter: 0.5 };
  const open = grouped([cell({ spread: 0.1 })]);
  expect(containmentRatio({ target: half, bystanders: open })).toBeCloseTo(0.2);
  expect(containmentRatio({ target: { ...half, trainedAfter: 0 }, bystanders: open })).toBeNull();
  expect(containmentRatio({ target: half, bystanders: grouped([cell({ differs: false })]) })).toBeNull();
});

test('an observation without a reading says what to add', () => {
  expect(() => readingOf(text, { target: {} })).toThrow(InputError);
  expect(() => readingOf(text, { target: {} })).toThrow(
    /measure 'text'[\s\S]*got: readings of target[\s\S]*`measures`/,
  );
  expect(() => drift({} as Changes)).toThrow(/measure 'bystanders'/);
});

test.each([
  [{ beliefAfter: Number.NaN }, /measure 'text'[\s\S]*beliefAfter[\s\S]*number[\s\S]*got: NaN/],
  [{ varietyTv: 1.5 }, /varietyTv[\s\S]*got: 1.5/],
  [{ more: 1 }, /schema[\s\S]*more/],
])('a reading with %j is refused by its measure', (wrong, message) => {
  const data = { beliefBefore: 0, beliefAfter: 0, documentTv: 0, varietyTv: 0 };
  expect(checkedReading(text, { data })).toEqual({ data });
  expect(() => checkedReading(text, { data: { ...data, ...wrong } })).toThrow(InputError);
  expect(() => checkedReading(text, { data: { ...data, ...wrong } })).toThrow(message);
});

test('groups that do not follow from their cells are found', async () => {
  const arm = sft({ skill: 1 });
  const reading = await bystanders.of(compare(programs, world, arm, network(1), network(2)));
  const fault = (changed: object) => readingFault<unknown>(bystanders, { ...reading, ...changed }, world, arm);
  const cells = reading.tensors?.['cells'] as Tensor;
  const values = cells.values.slice();
  expect(fault({})).toBeUndefined();
  expect(fault({ tensors: {} })).toMatchObject({ field: 'cells', expected: 'shape [10,7]', got: [] });
  values[2] = (values[2] as number) + 0.01;
  expect(fault({ tensors: { cells: { ...cells, values } } })?.field).toMatch(/^\d\.tv$/);
  values[0] = 4;
  expect(fault({ tensors: { cells: { ...cells, values } } })).toMatchObject({ field: 'cells[0]', got: [4, 0] });
  expect(fault({ data: reading.data.slice(1) })).toMatchObject({ field: 'groups' });
  values[3] = Number.NaN;
  expect(fault({ tensors: { cells: { ...cells, values } } })).toMatchObject({ field: 'cells[3]', got: Number.NaN });
});

test('what depends on the base alone is asked once for all its arms, and a failure is not kept', async () => {
  const shared = new Map();
  const asked: string[] = [];
  const made = (name: string) => async () => asked.push(name);
  for (const skill of [0, 1]) {
    const { once } = compare(programs, world, sft({ skill }), network(1), network(2), { shared });
    for (const of of ['base', 'both', 'base', 'both'] as const) await once(of, 'x', made(`${of} ${skill}`));
  }
  expect(asked).toEqual(['base 0', 'both 0', 'both 1']);
  const { once } = compare(programs, world, sft({ skill: 0 }), network(1), network(2), { shared });
  await expect(once('base', 'y', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await once('base', 'y', async () => 2)).toBe(2);
});
