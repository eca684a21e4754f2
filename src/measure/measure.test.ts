import fc from 'fast-check';
import { expect, test } from 'vitest';
import golden from '../../fixtures/golden/distances.json' with { type: 'json' };
import { InvariantError } from '../core/errors.ts';
import { stream } from '../core/rng.ts';
import { Programs } from '../engine/programs.ts';
import { loadEngine } from '../engine/select.ts';
import { architectureOf, initialParameters, layoutOf } from '../model/parameters.ts';
import { drawWorld } from '../world/characters/world.ts';
import { loadSetup } from '../world/setup.ts';
import { baseQuality } from './base.ts';
import type { BystanderChange } from './bystanders.ts';
import { distances, meanDistances } from './drift.ts';
import { type Changes, drift, grouped, observe, spread } from './observation.ts';

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
  const changes = { bystanders: grouped(cells) } as unknown as Changes;
  expect(drift(changes)).toBeCloseTo(0.5);
  expect(drift(changes, { topic: 'same', family: 'same' })).toBeCloseTo(0.3);
  expect(drift(changes, {})).toBeCloseTo(0.5);
  expect(drift(changes, { topic: 'other' })).toBeCloseTo(0.5);
  expect(spread(changes)).toBeCloseTo(0.2);
  expect(spread(changes, { topic: 'other' })).toBeCloseTo(-0.1);
  expect(() => drift(changes, { topic: 'other', family: 'other' })).toThrow(InvariantError);
});

test('measures of two real networks are in their ranges and do not depend on the order of arms', async () => {
  const world = drawWorld(loadSetup('fixtures/setups/small.json'), 5);
  const programs = new Programs(await loadEngine('onnx:cpu'));
  const network = (seed: number): Float32Array =>
    initialParameters(layoutOf(architectureOf(world)), stream(seed, 'init'));
  const { changes, cells } = await observe(programs, world, network(1), network(2), 1);
  expect(cells).toHaveLength(5 * 2);
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
  const again = await observe(programs, world, network(1), network(2), 1);
  expect(again).toEqual({ changes, cells });
  const quality = await baseQuality(programs, world, network(1));
  for (const share of Object.values(quality)) expect(share >= 0 && share <= 1).toBe(true);
});
