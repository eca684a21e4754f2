import { expect, test } from 'vitest';
import { byArmOverTargets } from '../../records/groups.ts';
import { readRecords } from '../../records/read.ts';
import { AT } from '../../world/characters/places.ts';
import { armText } from '../words.ts';
import { type FollowedPlace, uptake } from './uptake.ts';

const { runs, methods } = readRecords('reports/published');
const ARM = 'RL, s = 1';
const arms = byArmOverTargets(runs, methods).filter((each) => armText(each) === ARM);
const followed = (name: string, tags: readonly string[]): FollowedPlace => ({ name, tags, number: 'tv', colour: 'rl' });
const high = Array.from({ length: 3 }, (_, i) => followed(`high ${i}`, AT.target));
const low = followed('low', AT.varieties);

/** How many pixels under the top of its panel each name stands, which comes after the number at its line's end. */
function namesIn(image: 'svg' | 'narrow', places: readonly FollowedPlace[]): Map<string, number> {
  const text = { id: 'uptake', title: 'Uptake', description: 'What is taken up', label: 'number' };
  const svg = uptake(arms, text, places)?.[image] ?? '';
  const heights = [...svg.matchAll(/<text transform="translate\([-\d.]+,([-\d.]+)\)"[^>]*>([^<]+)</g)];
  const of = new Map(heights.map(([, y, name]) => [name?.replace(/^−?[\d.]+ /, ''), Number(y)]));
  const top = of.get(ARM) as number;
  return new Map(places.map(({ name }) => [name, (of.get(name) as number) - top]));
}

test.each(['svg', 'narrow'] as const)('names of lines that end near the top stand apart and under it (%s)', (image) => {
  const names = namesIn(image, [...high, low]);
  const down = [...names.values()].sort((a, b) => a - b);
  expect(down[0]).toBeCloseTo(6, 1);
  down.slice(1).forEach((y, i) => {
    expect(y - (down[i] as number)).toBeGreaterThan(11.9);
  });
  // A name that meets no other stays where its line ends.
  expect(names.get('low')).toBeCloseTo(namesIn(image, [...high.slice(0, 1), low]).get('low') as number, 9);
});
