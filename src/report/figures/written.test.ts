import { expect, test } from 'vitest';
import { PARTS, type Part } from '../../measure/graft-texts.ts';
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

/** Probability of the trained token by the parts that have tuned weights. */
type Trained = (parts: ReadonlySet<Part>) => number;

/** These runs with a change that does so much in the target and in bystanders. */
function withGrafts(target: Trained, bystanders: Trained) {
  const sets = Array.from({ length: 2 ** PARTS.length }, (_, set) => new Set(PARTS.filter((_p, i) => (set >> i) & 1)));
  const of = (trained: Trained) => sets.map((parts) => ({ trained: trained(parts), own: 0 }));
  const scales = ([0.5, 1] as const).map((scale) => ({ scale, target: of(target), bystanders: of(bystanders) }));
  const nothing = { trained: 0, own: 0 };
  const grafts: GraftReading = { scales, shuffled: { target: nothing, bystanders: nothing } };
  return two.map((each) => ({ ...each, runs: each.runs.map((run) => ({ ...run, grafts })) }));
}

test('an arm has what is left without each part, and its shares by part', () => {
  const maps = writtenMaps(
    withGrafts(
      (parts) => (parts.has('topic') && parts.has('answer') ? 0.8 : 0),
      (parts) => (parts.has('name') ? 0.1 : 0),
    ),
  );
  expect(maps.map(({ id }) => id)).toEqual([
    'without-target',
    'written-target',
    'without-bystanders',
    'written-bystanders',
  ]);
  const numbers = maps.map(({ rows }) =>
    rows.map(([, part, number, n]) => [part, number?.split(' ')[0], n].join(': ')),
  );
  const left = (...of: number[]) =>
    ['no name', 'no topic', 'no name, topic', 'no payload', 'no answer'].map((name, i) => `${name}: ${of[i]}: 2`);
  const shares = (...of: number[]) => PARTS.map((part, i) => `${part}: ${of[i]}: 2`);
  expect(numbers).toEqual([left(1, 0, 0, 1, 0), shares(0, 0.5, 0, 0.5), left(0, 1, 0, 1, 1), shares(1, 0, 0, 0)]);
});

test('where nothing rose there is nothing to tell apart, and no figure', () => {
  const maps = writtenMaps(
    withGrafts(
      (parts) => parts.size / 4,
      () => 0.1,
    ),
  );
  expect(maps.map(({ id }) => id)).toEqual(['without-target', 'written-target']);
  expect(
    writtenMaps(
      withGrafts(
        () => 0.1,
        () => 0.1,
      ),
    ),
  ).toEqual([]);
});
