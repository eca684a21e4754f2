import { expect, test } from 'vitest';
import type { Observation } from '../../lab/keys.ts';
import { byArm } from '../../records/groups.ts';
import { readRecords } from '../../records/read.ts';
import { armName } from '../../train/arm.ts';
import { KIND_COLUMNS, kindRows, placeMaps } from './places.ts';

const { runs, methods } = readRecords('reports/published');
const first = [...new Set(runs.map(({ seed }) => seed))].slice(0, 2);
const arms = byArm(
  runs.filter(({ arm, seed }) => /^rl s=[\d.]+ rehearsal=0$/.test(armName(arm)) && first.includes(seed)),
  methods,
);
const place = { predictions: 4, open: 2, tv: 0.5, kl: 0, damage: 0, spread: 0.2, room: 0.5 };
const target = { ...place, tags: ['dialogue', 'target', 'same topic'] };
const withPlaces = (end: Observation['places']['end']) =>
  arms.map((each) => ({ ...each, runs: each.runs.map((run) => ({ ...run, places: { end, curve: null } })) }));

test('every arm has a row a place: spread as a share of room, then total variation, then total variation by family', () => {
  const maps = placeMaps(withPlaces([target]));
  expect(maps.map(({ id }) => id)).toEqual(['places-spread', 'places-drift', 'places-family']);
  expect(maps[0]?.rows.slice(0, 2)).toEqual([
    ['RL, s = 0', 'target', '0.4 [0.4, 0.4]', '2'],
    ['RL, s = 0', 'target, other topics', 'no prediction here', '0'],
  ]);
  expect(maps[1]?.rows[0]).toEqual(['RL, s = 0', 'target', '0.5 [0.5, 0.5]', '2']);
  expect(maps[0]?.svg).toContain('>0.40<');
});

test('a place that no arm predicts in has words in the place of a column, one that some do says none', () => {
  const [map] = placeMaps(withPlaces([target]));
  expect(map?.description).toMatch(/Without a column: .*yes\/no questions.*\(no prediction here\)/);
  expect(map?.svg).not.toMatch(/>none<|>0\.00</);
  const variety = { ...place, open: 0, spread: 0, room: 0, tags: ['variety', 'runs'] };
  const [one, ...others] = withPlaces([target]);
  const [, drift] = placeMaps([...withPlaces([variety]).slice(0, 1), ...others]);
  expect(one).toBeDefined();
  expect(drift?.svg).toMatch(/>none</);
  expect(drift?.description).toContain('“none”: no prediction here.');
});

test('a spread below 0 keeps its sign, and one that rounds to 0 has none', () => {
  const [map] = placeMaps(withPlaces([{ ...target, spread: -0.2 }]));
  expect(map?.svg).toContain('>−0.40<');
  expect(map?.svg).toContain('var(--good)');
  expect(placeMaps(withPlaces([{ ...target, spread: -0.0001 }]))[0]?.svg).toContain('>0.00<');
});

test('bystanders are told apart by what they are known from and by their own operation', () => {
  const tags = (known: string, operation: string) => ['dialogue', 'bystander', 'same topic', known, operation];
  const rows = kindRows(
    withPlaces([
      { ...place, tags: tags('documents only', 'other operation') },
      { ...place, open: 0, spread: 0, room: 0, tags: tags('spoken', 'trained operation') },
    ]),
  );
  expect(KIND_COLUMNS.slice(2)).toEqual([
    'documents only, other operation',
    'spoken, other operation',
    'documents only, trained operation',
    'spoken, trained operation',
  ]);
  const none = 'no prediction here';
  expect(rows.slice(0, 2)).toEqual([
    ['RL, s = 0', 'its topic', '0.40 (TV 0.50)', none, none, 'TV 0.50'],
    ['RL, s = 0', 'others', none, none, none, none],
  ]);
});
