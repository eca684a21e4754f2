import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { claim } from '../claims/claim.ts';
import { judgeFamily } from '../claims/gate.ts';
import { inSetup } from '../claims/placed.ts';
import type { Spec } from '../claims/spec.ts';
import { greaterThan } from '../claims/verdict.ts';
import { loadSetup } from '../lab/setup.ts';
import { WARM_STORE } from '../lab/warm-store.test.helper.ts';
import { readConfiguration } from '../project/configuration.ts';
import { HERE } from '../project/here.test.helper.ts';
import { sdft, sft } from '../train/arms.ts';
import { characters } from '../world/characters/index.ts';
import { smallPlans } from '../world/plans/small.test.helper.ts';
import { observedOf } from './observations.ts';

const files = mkdtempSync(join(tmpdir(), 'observations-test-'));
afterAll(() => rmSync(files, { recursive: true }));
const size = { replicates: 2, setups: 4, mostCost: 1 };
const configuration = readConfiguration(
  {
    ...HERE,
    folder: files,
    setups: { recipe: loadSetup('fixtures/setups/small.json', [characters]), planning: smallPlans() },
    seeds: { default: [1, 2, 3], plans: [3, 4, 5] },
    profiles: { quick: size, standard: size, full: size },
    store: WARM_STORE,
  },
  {},
);
const silent = { write: () => undefined };
const gathered = (id: string, about: Pick<Spec<string>, 'arms' | 'setup'>) => {
  const path = join(files, `${id}.test.ts`);
  writeFileSync(path, id);
  const text = { id, statement: 's', family: 'exploratory', estimand: 'e', unit: 'TV' } as const;
  const spec = { ...text, prediction: greaterThan(0), mayFallShort: Object.keys(about.arms), ...about };
  return claim(pathToFileURL(path).href, spec, () => 1).gather(configuration, silent);
};

test('claims are judged on the seeds of their own kind of world, and each arm is observed on those of its claims alone', async () => {
  const [shown, documents] = [sft({ skill: 0 }), sdft()];
  const evidence = [
    await gathered('X', { arms: { shown, elsewhere: inSetup('planning', shown) } }),
    await gathered('Y', { arms: { documents }, setup: 'planning' }),
  ];
  expect(evidence.map(({ seeds }) => seeds)).toEqual([
    [1, 2],
    [3, 4],
  ]);
  const { lines, characters: bystanders } = observedOf(judgeFamily(evidence, true), false, configuration);
  const said = lines.map((line) => {
    const { setup = 'recipe', seed } = line;
    return [setup, seed, ...('arm' in line ? [line.arm.method] : [])].join(' ');
  });
  expect(said).toEqual([
    ...['recipe 1', 'recipe 1 sft', 'recipe 2', 'recipe 2 sft'],
    ...['planning 3', 'planning 3 sdft', 'planning 4', 'planning 4 sdft'],
    ...['planning 1', 'planning 1 sft', 'planning 2', 'planning 2 sft'],
  ]);
  expect(bystanders.map(({ seed }) => seed)).toEqual([1]);
});
