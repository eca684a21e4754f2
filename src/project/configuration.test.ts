import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { aboutSetup, readConfiguration, readSettings } from './configuration.ts';
import { HERE } from './here.test.helper.ts';

test('as many processes train as SPILLOVER_WORKERS says, and as suits engine and machine where it says nothing', () => {
  expect(readSettings(HERE, {}).workers).toBeUndefined();
  expect(readSettings(HERE, { SPILLOVER_WORKERS: '' }).workers).toBeUndefined();
  expect(readSettings(HERE, { SPILLOVER_WORKERS: '1' }).workers).toBe(1);
  expect(readSettings(HERE, { SPILLOVER_WORKERS: '1024' }).workers).toBe(1024);
});

test.each(['0', '-1', '1.5', '1025', '1e2', ' 2', 'all', '0x2'])("SPILLOVER_WORKERS '%s' is refused", (text) => {
  const read = () => readSettings(HERE, { SPILLOVER_WORKERS: text });
  expect(read).toThrow(InputError);
  expect(read).toThrow(/a whole number from 1 to 1024[\s\S]*set SPILLOVER_WORKERS/);
});

test('a claim is about the setup that it names, and without a name about the recipe, or else the first', () => {
  const [recipe] = Object.values(HERE.setups);
  if (recipe === undefined) return expect.unreachable();
  const small = { ...recipe, model: { ...recipe.model, layers: 1 } };
  const of = (setups: typeof HERE.setups) => readConfiguration({ ...HERE, setups }, {});
  expect(of({ small, recipe }).setup).toBe(recipe);
  expect(of({ small }).setup).toBe(small);
  const both = of({ small, recipe });
  expect(aboutSetup(both, 'small').setup).toBe(small);
  expect(aboutSetup(both, undefined).setup).toBe(recipe);
  for (const name of ['smal', 'constructor']) {
    expect(() => aboutSetup(both, name)).toThrow(InputError);
    expect(() => aboutSetup(both, name)).toThrow(/one of small, recipe[\s\S]*to do: correct `setup`/);
  }
});

test('a claim has the seeds of the kind of world of its setup, as many as the profile has replicates', () => {
  const recipe = HERE.setups['characters'];
  const planning = HERE.setups['plansKnown'];
  if (recipe === undefined || planning === undefined) return expect.unreachable();
  const [all, own] = [
    [1, 2, 3],
    [3, 4, 5],
  ];
  const size = { replicates: 2, setups: 4, mostCost: 1 };
  const profiles = { quick: size, standard: { ...size, replicates: 3 }, full: size };
  const project = { ...HERE, setups: { recipe, planning }, seeds: { default: all, plans: own }, profiles };
  const quick = readConfiguration(project, {});
  const standard = readConfiguration(project, {}, 'standard');
  expect([quick, aboutSetup(quick, 'recipe'), aboutSetup(quick, 'planning')].map(({ seeds }) => seeds)).toEqual([
    ...[
      [1, 2],
      [1, 2],
    ],
    [3, 4],
  ]);
  expect(aboutSetup(standard, 'planning').seeds).toEqual(own);
  expect(aboutSetup(aboutSetup(standard, 'planning'), undefined).seeds).toEqual(all);
});
