import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical, hashOf, type Json } from './canonical.ts';
import { finite, InvariantError } from './errors.ts';
import { stream } from './rng.ts';

const draws = (seed: number, ...names: string[]): number[] => {
  const rng = stream(seed, ...names);
  return Array.from({ length: 8 }, () => rng.uniform());
};

test('a stream is a function of its seed and name, seed 0 included', () => {
  expect(draws(0, 'world')).toEqual(draws(0, 'world'));
  const all = [draws(0, 'world'), draws(1, 'world'), draws(0, 'init'), draws(0, 'world', 'a'), draws(0, 'worlda')];
  expect(new Set(all.map(String)).size).toBe(all.length);
});

test('normal and integer have the moments of their distributions', () => {
  const rng = stream(3, 'moments');
  const normals = Array.from({ length: 20_000 }, () => rng.normal());
  const mean = normals.reduce((a, b) => a + b) / normals.length;
  const variance = normals.reduce((a, b) => a + (b - mean) ** 2, 0) / normals.length;
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(Math.abs(variance - 1)).toBeLessThan(0.04);
  const counts = [0, 0, 0];
  for (let i = 0; i < 3000; i++) counts[rng.integer(3)]!++;
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
});

test('shuffle keeps the items', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
      expect(stream(seed, 'shuffle').shuffle(items).sort()).toEqual([...items].sort());
    }),
    { seed: 1 },
  );
});

test('canonical JSON does not depend on the order of keys and round-trips', () => {
  expect(canonical({ b: [1, null, 'x'], a: { d: true, c: undefined } })).toBe('{"a":{"d":true},"b":[1,null,"x"]}');
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const again = JSON.parse(canonical(value)) as Json;
      expect(canonical(again)).toBe(canonical(value));
      expect(hashOf(again)).toBe(hashOf(value));
    }),
    { seed: 1 },
  );
});

test('numbers that are not finite never pass', () => {
  expect(() => canonical({ a: Number.NaN })).toThrow(InvariantError);
  expect(() => finite(Number.POSITIVE_INFINITY, 'loss')).toThrow(/loss/);
  expect(finite(2, 'loss')).toBe(2);
});
