import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { HERE } from '../project/here.test.helper.ts';
import { openStore } from '../store/store.ts';
import { sdft } from '../train/arms.ts';
import { BUILT_IN } from './built-in.ts';
import { mergeStores } from './merge.ts';
import { placesOf, type Run, runsOfLineage } from './redo.ts';
import { lineagesIn } from './shards.ts';

const folder = mkdtempSync(join(tmpdir(), 'merge-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const setup = HERE.setups['charactersSmall'] ?? expect.unreachable();
const runsOf = (seed: number): Run[] =>
  runsOfLineage({ catalog: BUILT_IN, setup, seed, engine: 'onnx:cpu', asked: [] }, [sdft()]);
const lineages = lineagesIn([1, 2].flatMap(runsOf));

/** A store with a record, whatever it says, for every place of these runs. */
function storeOf(name: string, runs: readonly Run[], { device = 'a processor', value = 1 } = {}): string {
  const place = join(folder, name);
  const store = openStore(place);
  const tensors = { network: { shape: [2], values: Float32Array.from([value, 2]) } };
  for (const [kind, key] of runs.flatMap(placesOf)) store.write({ kind, key, data: { device }, tensors });
  return place;
}
const filesIn = (store: string): string[] =>
  existsSync(join(store, 'records'))
    ? readdirSync(join(store, 'records'), { recursive: true, encoding: 'utf8' }).filter((name) =>
        name.endsWith('.safetensors'),
      )
    : [];

test('two shards become one store, which says what made it; again, nothing is copied', () => {
  const [a, b] = [storeOf('a', runsOf(1)), storeOf('b', runsOf(2), { device: 'another' })];
  const to = join(folder, 'both');
  const merged = mergeStores(lineages, [a, b], to);
  expect(filesIn(to).sort()).toEqual([...filesIn(a), ...filesIn(b)].sort());
  expect(merged).toMatchObject({ copied: filesIn(to).length, present: 0 });
  expect([...merged.devices.values()]).toEqual([2, 2]);
  expect(mergeStores(lineages, [a, b], to)).toMatchObject({ copied: 0, present: filesIn(to).length });
  const [kind, key] = placesOf(runsOf(1)[0] as Run)[0] as [string, string];
  expect(openStore(to).read(kind, key)?.data).toEqual({ device: 'a processor' });
});

test.each([
  ['a run that no store has', () => [storeOf('half', runsOf(1))], /lack runs of the plan[\s\S]*seed 2 base/],
  [
    'runs of other code or another setup, which have other keys',
    () => {
      const other = { ...setup, pretraining: { ...setup.pretraining, steps: 7 } };
      const strange = [1, 2]
        .flatMap(runsOf)
        .map(({ lineage, arm }) => ({ lineage: { ...lineage, setup: other }, arm }));
      return [storeOf('other', strange)];
    },
    /of this code and these setups/,
  ],
  [
    'a run that two stores have and that differs',
    () => [storeOf('one', [1, 2].flatMap(runsOf)), storeOf('two', runsOf(2), { value: 3 })],
    /runs that differ[\s\S]*seed 2 base/,
  ],
  ['a folder that is no store', () => [mkdirSync(join(folder, 'none')) ?? join(folder, 'none')], /no run store/],
  ['a folder that is not there', () => [join(folder, 'nowhere')], /no run store/],
])('refused, with nothing written: %s', (_what, from, said) => {
  const to = mkdtempSync(join(folder, 'to-'));
  const stores = from();
  const merge = (): unknown => mergeStores(lineages, stores, to);
  expect(merge).toThrow(InputError);
  expect(merge).toThrow(said);
  expect(filesIn(to)).toEqual([]);
  expect(existsSync(join(folder, 'nowhere'))).toBe(false);
});

test('of a record that is damaged in one store the other is taken; where it is the only one that is told', () => {
  const [a, b] = [storeOf('sound', [1, 2].flatMap(runsOf)), storeOf('damaged', [1, 2].flatMap(runsOf))];
  const [kind, key] = placesOf(runsOf(2)[1] as Run)[0] as [string, string];
  truncateSync(join(b, 'records', kind, `${key}.safetensors`), 40);
  expect(mergeStores(lineages, [b, a], join(folder, 'mended'))).toMatchObject({ present: 0 });
  expect(openStore(join(folder, 'mended')).read(kind, key)).toBeDefined();
  const alone = storeOf('alone', [1, 2].flatMap(runsOf));
  truncateSync(join(alone, 'records', kind, `${key}.safetensors`), 40);
  expect(() => mergeStores(lineages, [alone], join(folder, 'broken'))).toThrow(/is damaged/);
});
