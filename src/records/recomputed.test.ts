import { readFileSync } from 'node:fs';
import { parquetReadObjects } from 'hyparquet';
import { mean } from 'simple-statistics';
import { expect, test } from 'vitest';
import type { Registry } from '../claims/registry.ts';

// Claims computed again from the published Parquet and from nothing else of ours, against what is registered.

type Row = Readonly<Record<string, unknown>>;

async function published(name: string): Promise<readonly Row[]> {
  const { buffer, byteOffset, byteLength } = readFileSync(`reports/published/${name}.parquet`);
  return parquetReadObjects({ file: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer });
}

const { claims: registry } = JSON.parse(readFileSync('reports/published/claims.lock.json', 'utf8')) as {
  readonly claims: Registry;
};
const rows = await published('observations');

/** An arm's number by replicate and target: of the plain arm of this method, skill and rehearsal, at the base, once, in a setup. */
function numbersOf(
  column: string,
  method: string,
  { skill = 0, rehearsal = 0, setup = null as string | null, targets = 2 } = {},
): Map<string, number> {
  const own = rows.filter(
    (row) =>
      row['setup'] === setup &&
      row['method'] === method &&
      row['skill'] === skill &&
      row['rehearsal'] === rehearsal &&
      row['options'] === null &&
      row['again'] === 0 &&
      row['after'] === null &&
      // Of all that are published a claim looks at the first ones of a replicate.
      (row['target'] as number) < targets,
  );
  return new Map(own.map((row) => [`${row['seed']} ${row['target']}`, row[column] as number]));
}

type Arms = readonly ReturnType<typeof numbersOf>[];

/** Mean over replicates of the mean over targets of a number of these arms. */
function estimate(arms: Arms, of: (...numbers: number[]) => number): { n: number; mean: number } {
  const bySeed = new Map<string, number[]>();
  for (const run of (arms[0] as Arms[number]).keys()) {
    const [seed] = run.split(' ') as [string];
    const value = of(...arms.map((arm) => arm.get(run) as number));
    bySeed.set(seed, [...(bySeed.get(seed) ?? []), value]);
  }
  return { n: bySeed.size, mean: mean([...bySeed.values()].map(mean)) };
}

/** Plan use of ignorers after tuning, 0 in every base. */
const USE = 'plan_use_ignorers';
const NEW = { setup: 'plansNew', targets: 1 };
const [SAME, OTHER] = ['spread_at_bystanders_same_topic', 'spread_at_bystanders_other_topics'];

test.each<[id: string, arms: Arms, of: (...numbers: number[]) => number]>([
  [
    'H1',
    [
      numbersOf(SAME, 'rl', { skill: 1 }),
      numbersOf(SAME, 'rl-random', { skill: 1 }),
      numbersOf(SAME, 'sdft'),
      numbersOf(SAME, 'sdft-neutral'),
    ],
    (skill, noise, documents, neutral) => skill - noise - (documents - neutral),
  ],
  [
    'H1r',
    [numbersOf(SAME, 'rl', { skill: 1, rehearsal: 1 }), numbersOf(SAME, 'sdft', { rehearsal: 1 })],
    (skill, documents) => skill - documents,
  ],
  ['H3s', [numbersOf(SAME, 'sft'), numbersOf(SAME, 'sdft')], (shown, documents) => shown - documents],
  [
    'H5a',
    [numbersOf(SAME, 'sdft'), numbersOf('trained_after', 'sdft'), numbersOf('trained_before', 'sdft')],
    (spread, after, before) => spread - 0.5 * (after - before),
  ],
  [
    'H6',
    [
      numbersOf(OTHER, 'rl', { skill: 1 }),
      numbersOf(OTHER, 'rl-random', { skill: 1 }),
      numbersOf(OTHER, 'continued', { skill: 1 }),
    ],
    (skill, ...floors) => skill - Math.max(...floors),
  ],
  [
    'PL9n',
    [numbersOf(USE, 'rl', NEW), numbersOf(USE, 'rl', { ...NEW, rehearsal: 1 })],
    (free, rehearsed) => free - rehearsed,
  ],
  [
    'PL6',
    [numbersOf(USE, 'rl', NEW), numbersOf(USE, 'rl-plan', NEW), numbersOf(USE, 'rl-random', NEW)],
    (given, own, noise) => Math.min(given, own) - noise,
  ],
  [
    'H7',
    [numbersOf(OTHER, 'rl', { skill: 1 }), numbersOf(OTHER, 'sft', { skill: 1 })],
    (rewarded, shown) => rewarded - shown,
  ],
])('%s is the registered one', (id, arms, of) => {
  const { n, mean: own } = estimate(arms, of);
  const registered = registry[id]?.profiles.standard;
  expect(n).toBe(registered?.n);
  expect(own).toBeCloseTo(registered?.mean as number, 12);
});

test('the shares of changed setups are the registered ones', async () => {
  const setups = await published('setups');
  const ids = [...new Set(setups.map((row) => row['claim'] as string))];
  expect(ids).toEqual(expect.arrayContaining(['P1', 'P1r', 'P5a']));
  for (const id of ids) {
    const judged = setups.filter((row) => row['claim'] === id && row['judged'] && row['outcome'] === 'usable');
    const registered = registry[id]?.profiles.standard;
    expect(judged.length, id).toBe(registered?.usable);
    expect(judged.filter((row) => row['on_side']).length / judged.length, id).toBeCloseTo(
      registered?.mean as number,
      12,
    );
  }
});
