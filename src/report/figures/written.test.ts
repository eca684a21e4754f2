import { expect, test } from 'vitest';
import type { GraftReading } from '../../measure/measures/grafts.ts';
import { byArm } from '../../records/groups.ts';
import { readRecords } from '../../records/read.ts';
import { armName } from '../../train/arm.ts';
import { writtenMaps } from './written.ts';

const { runs, methods } = readRecords('reports/published');
const seeds = [...new Set(runs.map(({ seed }) => seed))].slice(0, 2);
const two = byArm(
  runs.filter(({ arm, seed }) => armName(arm) === 'rl s=1 rehearsal=0' && seeds.includes(seed)),
  methods,
);

/** These runs with a change of which tuned weights at these sets of parts show so much. */
const withGrafts = (target: readonly number[], bystanders: readonly number[]) => {
  const scales = ([0.5, 1] as const).map((scale) => ({ scale, target, bystanders }));
  const grafts: GraftReading = { scales, shuffled: { target: 0, bystanders: 0 } };
  return two.map((each) => ({ ...each, runs: each.runs.map((run) => ({ ...run, grafts })) }));
};

test('an arm has its shares by part, and what is left without each', () => {
  // All of it where name and answer are both tuned.
  const maps = writtenMaps(withGrafts([0, 0, 0, 0, 0, 0.8, 0, 0.8], [0, 0.1, 0, 0.1, 0, 0.1, 0, 0.1]));
  expect(maps.map(({ id }) => id)).toEqual([
    'written-target',
    'without-target',
    'written-bystanders',
    'without-bystanders',
  ]);
  const numbers = maps.map(({ rows }) => rows.map(([, part, number, n]) => [part, number?.split(' ')[0], n]));
  const shares = (name: string, payload: string, answer: string) => [
    ['name and topic', name, '2'],
    ['payload', payload, '2'],
    ['answer', answer, '2'],
  ];
  expect(numbers).toEqual([
    shares('0.5', '0', '0.5'),
    shares('0', '1', '0'),
    shares('1', '0', '0'),
    shares('0', '1', '1'),
  ]);
});

test('where nothing rose there is nothing to tell apart, and no figure', () => {
  const flat = new Array<number>(8).fill(0.1);
  const maps = writtenMaps(withGrafts([0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9], flat));
  expect(maps.map(({ id }) => id)).toEqual(['written-target', 'without-target']);
  expect(writtenMaps(withGrafts(flat, flat))).toEqual([]);
});
