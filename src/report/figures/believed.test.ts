import { expect, test } from 'vitest';
import { PUSHES } from '../../measure/measures/pushes.ts';
import { byArm } from '../../records/groups.ts';
import { readRecords } from '../../records/read.ts';
import { armName } from '../../train/arm.ts';
import { believedMaps, capacityMap } from './believed.ts';

const { runs, methods } = readRecords('reports/published');
const seeds = [...new Set(runs.map(({ seed }) => seed))].slice(0, 2);
const two = byArm(
  runs.filter(({ arm, seed }) => armName(arm) === 'rl s=1 rehearsal=0' && seeds.includes(seed)),
  methods,
);
const at = (trained: number | null) => (trained === null ? null : { trained, own: 0 });

/** These runs, in which the trained token is so likely in dialogues: after tuning, with each thing added in the base, and taken off. */
function withPushes(all: number, added: (kind: string) => number, taken: (kind: string) => number) {
  const said = (trained: number) => ({ dialogues: at(trained), questions: at(null) });
  const pushes = {
    characters: { trained: 3, own: 3 },
    ...{ length: 1, change: 1, base: said(0.1), tuned: said(all) },
    pushed: PUSHES.map((kind) => ({ kind, base: said(added(kind)), tuned: said(taken(kind)) })),
  };
  return two.map((each) => ({ ...each, runs: each.runs.map((run) => ({ ...run, pushes })) }));
}

test('an arm has what the base has of its rise with each thing added, and what is left with it taken off', () => {
  const maps = believedMaps(
    withPushes(
      0.9,
      (kind) => (kind === 'belief' ? 0.7 : 0.1),
      (kind) => (kind === 'belief' ? 0.3 : 0.9),
    ),
  );
  expect(maps.map(({ id }) => id)).toEqual(['added-dialogues', 'taken-dialogues']);
  const numbers = maps.map(({ rows }) => rows.map(([, kind, number]) => `${kind}: ${number?.split(' ')[0]}`));
  const expected = (belief: number, other: number): string[] =>
    PUSHES.map((kind) => `${kind}: ${kind === 'belief' ? belief : other}`);
  expect(numbers).toEqual([expected(0.75, 0), expected(0.25, 1)]);
});

test('where nothing rose there is no figure', () => {
  const unchanged = withPushes(
    0.1,
    () => 0.5,
    () => 0.1,
  );
  expect(believedMaps(unchanged)).toEqual([]);
});

test('arms that may change little are told apart from the others by what they reach', () => {
  const small = two.map((each) => ({ ...each, arm: { ...each.arm, options: { rank: 1 } } }));
  expect(capacityMap(two)).toEqual([]);
  const [map] = capacityMap([...two, ...small]);
  expect(map?.rows.map(([, column, , n]) => [column, n])).toEqual([['target effect', '2']]);
});
