import { expect, test } from 'vitest';
import type { DeclaredClaim } from '../claims/declared.ts';
import { inSetup } from '../claims/placed.ts';
import { greaterThan } from '../claims/verdict.ts';
import { loadSetup } from '../lab/setup.ts';
import type { Configuration } from '../project/configuration.ts';
import { readConfiguration } from '../project/configuration.ts';
import { HERE } from '../project/here.test.helper.ts';
import { sft } from '../train/arms.ts';
import { characters } from '../world/characters/index.ts';
import { smallPlans } from '../world/plans/small.test.helper.ts';
import { bySetup, groupedByAsked, runsBehind } from './train.ts';

const size = { replicates: 2, setups: 4, mostCost: 1 };
const configuration: Configuration = readConfiguration(
  {
    ...HERE,
    setups: { recipe: loadSetup('fixtures/setups/small.json', [characters]), planning: smallPlans() },
    seeds: { default: [1, 2, 3], plans: [3, 4, 5] },
    profiles: { quick: size, standard: size, full: size },
  },
  {},
);
const claimOf = (id: string, about: Pick<DeclaredClaim['spec'], 'arms' | 'setup' | 'measures'>): DeclaredClaim => ({
  ...{ path: '', text: null, gather: () => expect.unreachable(), estimate: () => expect.unreachable() },
  spec: {
    ...{ id, statement: 's', family: 'exploratory', estimand: 'e', unit: 'TV', prediction: greaterThan(0) },
    ...about,
  },
});
const arm = sft({ skill: 1 });
const here = claimOf('X', { arms: { arm } });
const there = claimOf('Y', { arms: { arm }, setup: 'planning' });
const both = claimOf('Z', { arms: { arm, elsewhere: inSetup('planning', arm) } });

test('claims by setup have the seeds of its kind of world', () => {
  const found = bySetup(configuration, [here, there, both]);
  expect(found.map(({ about, claims }) => [about.seeds, claims.map(({ spec }) => spec.id)])).toEqual([
    [
      [1, 2],
      ['X', 'Z'],
    ],
    [[3, 4], ['Y']],
  ]);
});

test('the runs behind a claim are of the seeds of its own setup, in every setup that its arms are of', () => {
  const seedsIn = (claims: readonly DeclaredClaim[], setup: string): number[] => {
    const runs = runsBehind(configuration, claims).filter(
      ({ lineage }) => lineage.setup === configuration.project.setups[setup],
    );
    return [...new Set(runs.map(({ lineage }) => lineage.seed))].sort();
  };
  expect([seedsIn([here], 'recipe'), seedsIn([here], 'planning')]).toEqual([[1, 2], []]);
  expect([seedsIn([there], 'recipe'), seedsIn([there], 'planning')]).toEqual([[], [3, 4]]);
  expect([seedsIn([both], 'recipe'), seedsIn([both], 'planning')]).toEqual([
    [1, 2],
    [1, 2],
  ]);
  expect(seedsIn([there, both], 'planning')).toEqual([1, 2, 3, 4]);
});

test('an arm is read by what any claim asks for, and claims that ask for the same are trained together', () => {
  const asking = claimOf('A', { arms: { arm, other: sft({ skill: 0 }) }, measures: ['grafts', 'hidden'] });
  const groups = groupedByAsked(configuration, [here, asking, both]);
  expect(groups.map(({ asked, claims }) => [asked, claims.map(({ spec }) => spec.id)])).toEqual([
    [[], ['X', 'Z']],
    [['grafts'], ['A']],
  ]);
  for (const claims of [
    [here, asking],
    [asking, here],
  ]) {
    const runs = runsBehind(configuration, claims).filter(({ lineage }) => lineage.seed === 1);
    expect(runs.map(({ arm: of, lineage }) => [of?.skill ?? null, lineage.asked]).sort()).toEqual(
      [
        [null, ['grafts']],
        [1, ['grafts']],
        [0, ['grafts']],
      ].sort(),
    );
  }
  const alone = runsBehind(configuration, [here]);
  expect(alone.map(({ lineage }) => lineage.asked)).toEqual(alone.map(() => []));
});
