import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { parseConfig } from './config.ts';
import { HERE } from './here.test.helper.ts';
import { openProject } from './project.ts';
import { seedsFor } from './seeds.ts';

const scratch = mkdtempSync(join(tmpdir(), 'project-files-'));
afterAll(() => rmSync(scratch, { recursive: true }));
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(scratch, 'p-'));
  for (const name of ['setups', 'profiles.json'])
    cpSync(join(HERE.folder, 'fixtures', name), join(folder, 'fixtures', name), { recursive: true });
  put('fixtures/seeds.json', JSON.stringify(HERE.seeds.default));
});
function put(path: string, text: string): void {
  writeFileSync(join(folder, path), text);
}
const config = (text: string): void => put('spillover.config.mjs', `export default ${text};`);
const open = (from = folder, variables = {}) => openProject({ folder: from, variables });

test('without a configuration file the project lies where package.json does, with every default', async () => {
  put('package.json', '{}');
  mkdirSync(join(folder, 'a', 'b'), { recursive: true });
  const found = await open(join(folder, 'a', 'b'));
  expect(found).toMatchObject({ folder, config: undefined, lists: {} });
  expect(Object.keys(found.setups)).toEqual(['recipe']);
  const { hypotheses, reports, pinned, store, registry } = found;
  expect([hypotheses, reports, pinned, store, registry]).toEqual(
    ['hypotheses', 'reports', 'fixtures/pinned', '.spillover', 'reports/claims.lock.json'].map((path) =>
      join(folder, path),
    ),
  );
});

test('a configuration gives values in place or as files, and setups side by side', async () => {
  config(`{
    setups: { small: 'fixtures/setups/small.json', mine: ${JSON.stringify(HERE.setups['characters'])} },
    seeds: [5, 6, 7],
    profiles: Object.fromEntries(['quick', 'standard', 'full'].map((name) => [name, { replicates: 3, setups: 4, mostCost: 1 }])),
    hypotheses: 'claims',
  }`);
  const found = await open();
  expect(found.config).toBe(join(folder, 'spillover.config.mjs'));
  expect(Object.keys(found.setups)).toEqual(['small', 'mine']);
  expect(found.setups['mine']).toEqual(HERE.setups['characters']);
  expect(found).toMatchObject({ seeds: { default: [5, 6, 7] }, hypotheses: join(folder, 'claims') });
});

const LISTS = { default: HERE.seeds.default, plans: Array.from({ length: 32 }, (_, i) => 500 + i) };
test.each([
  ['one list', HERE.seeds.default, LISTS.default],
  ['a file of one list', 'fixtures/seeds.json', LISTS.default],
  ['lists by kind of world', LISTS, LISTS.plans],
  ['a file of lists by kind of world', 'by-kind.json', LISTS.plans],
])('seeds are %s, and those of a kind without a list the default ones', async (_, given, ofPlans) => {
  put('by-kind.json', JSON.stringify(LISTS));
  config(`{ seeds: ${JSON.stringify(given)} }`);
  const { seeds } = await open();
  expect(seedsFor(seeds, { kind: 'plans' })).toEqual(ofPlans);
  for (const world of [{}, { kind: 'characters' }, { kind: 'gaming' }, { kind: 'constructor' }])
    expect(seedsFor(seeds, world)).toEqual(LISTS.default);
});

test('development seeds are those of the default file, a list or another file, and 9001 to 9012 where nothing is said', async () => {
  config('{}');
  const silent = (await open()).development;
  expect([silent.length, silent[0], silent.at(-1)]).toEqual([12, 9001, 9012]);
  expect(HERE.development).toEqual(silent);
  put('fixtures/development.json', '[1, 2, 3]');
  expect((await open()).development).toEqual([1, 2, 3]);
  put('other.mjs', 'export default { development: [8, 9] };');
  expect((await open(folder, { SPILLOVER_CONFIG: 'other.mjs' })).development).toEqual([8, 9]);
});

test('variables name another configuration file and another store', async () => {
  config('{}');
  put('other.mjs', "export default { hypotheses: 'elsewhere' };");
  const found = await open(folder, { SPILLOVER_CONFIG: 'other.mjs', SPILLOVER_STORE: 'runs' });
  expect(found).toMatchObject({ hypotheses: join(folder, 'elsewhere'), store: join(folder, 'runs') });
  await expect(open(folder, { SPILLOVER_CONFIG: 'absent.ts' })).rejects.toThrow(/SPILLOVER_CONFIG=absent.ts/);
  await expect(open(folder, { SPILLOVER_STORE: 'reports/runs' })).rejects.toThrow(/a folder of the reports/);
});

const [SEEDS, OTHERS] = [JSON.stringify(HERE.seeds.default), JSON.stringify(Array.from({ length: 32 }, (_, i) => i))];
const item = (id: string) => `{ id: '${id}', file: 'file:///x.ts' }`;
test.each([
  ['3', /export default defineConfig/],
  ['{ metods: [] }', /got: metods\n.*write methods instead/],
  ['{ methods: 3 }', /methods: a list/],
  ["{ measures: [{ id: 'a' }] }", /measures: a list of values that each have an id and a file/],
  [`{ methods: [${item('dpo')}, ${item('rl')}, ${item('dpo')}] }`, /methods: every id once[\s\S]*two of the id 'dpo'/],
  [`{ engines: [${item('e')}, ${item('e')}] }`, /engines: every id once/],
  [`{ worlds: [${item('w')}, ${item('w')}] }`, /worlds: every id once/],
  ['{ setups: {} }', /setups: setups by name/],
  ["{ setups: { recipe: 'absent.json' } }", /cannot load .*absent.json/],
  ["{ setups: { 'a b': 'x.json' } }", /setups by name/],
  ["{ seeds: 'absent.json' }", /cannot load .*absent.json/],
  ['{ seeds: [1, 2] }', /too few seeds[\s\S]*expected: 32/],
  ['{ seeds: [1, 1] }', /every seed once/],
  ['{ seeds: [7.5] }', /seeds: a path, a list of whole numbers, or such lists as default and by kind of world/],
  ['{ seeds: { plans: [1, 2] } }', /default, and kinds of world by id[\s\S]*got: default: /],
  [`{ seeds: { default: ${SEEDS}, plans: [1, 1] } }`, /got: plans: every seed once/],
  [`{ seeds: { default: [1, 2], plans: [3], gaming: ${SEEDS} } }`, /expected: 32[\s\S]*got: default: 2; plans: 1\n/],
  [
    `{ seeds: { default: ${SEEDS}, plan: [1], dreams: [1] } }`,
    /only default, characters, plans, gaming, texts[\s\S]*got: plan, dreams[\s\S]*write plans instead of plan; remove dreams/,
  ],
  [
    `{ development: [7, 137, 138], seeds: { default: ${SEEDS}, plans: ${SEEDS}, gaming: ${OTHERS} } }`,
    /no seed in both[\s\S]*got: default: 137, 138; plans: 137, 138; gaming: 7\n/,
  ],
  ["{ development: 'absent.json' }", /cannot load .*absent.json/],
  ['{ development: [7] }', /expected: a list of at least 2 different integers[\s\S]*at least 2/],
  ['{ development: [7, 7] }', /every seed once/],
  ['{ development: [7.5, 8] }', /development: a path, or a list of whole numbers/],
  ['{ development: [7, 137, 8, 138] }', /no seed in both[\s\S]*got: 137, 138/],
  ['{ profiles: { quick: {} } }', /replicates \(at least 2\)/],
  [
    `{ profiles: ${JSON.stringify(Object.fromEntries(['quick', 'standard', 'full'].map((name) => [name, { replicates: 3, setups: name === 'full' ? 7 : 4, mostCost: 1 }])))} }`,
    /expected: .*setups \(even, at least 4: half of them with rehearsal\)[\s\S]*got: full.setups: an even number: half of them rehearse/,
  ],
  ["{ hypotheses: '' }", /hypotheses: a path/],
])('%s is refused with expected, got and what to do', async (text, message) => {
  config(text);
  await expect(open()).rejects.toThrow(InputError);
  await expect(open()).rejects.toThrow(message);
  await expect(open()).rejects.toThrow(/expected:[\s\S]*got:[\s\S]*to do:/);
});

test('every fault of a configuration is told at once', () => {
  expect(() => parseConfig({ metods: [], seed: [1], store: 3 }, 'c.ts')).toThrow(
    /c.ts is not a configuration[\s\S]*got: store: 3\n\s+metods\n\s+seed\n/,
  );
});

test('a folder without a project says how one is made', async () => {
  await expect(open(join(scratch, '..'))).rejects.toThrow(/no project here[\s\S]*npx spillover init/);
});
