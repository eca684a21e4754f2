import { expect, test } from 'vitest';
import { BUILT_IN } from '../lab/built-in.ts';
import { loadSetup } from '../lab/setup.ts';
import type { Arm } from '../train/arm.ts';
import { rl, sdft, sdftOn } from '../train/arms.ts';
import { changed } from './changed.ts';
import { unfit } from './fits.ts';

const registered = loadSetup('fixtures/setups/characters.json', BUILT_IN.worlds);
const at = (changes: Parameters<typeof changed>[1], seed: number) => ({
  ...{ catalog: BUILT_IN, seed },
  setup: changed({ setup: registered, catalog: BUILT_IN }, changes).setup,
});
const reasonOf = (where: ReturnType<typeof at>, arm: Arm): string | undefined => unfit(where, [arm]).get(arm);
const seeds = Array.from({ length: 12 }, (_, i) => 3_000_000 + i);

test('of two operations there is not always a neutral fact to state, and an arm that would is told of in a line', () => {
  const reasons = seeds.map((seed) => reasonOf(at({ 'world.operations': 2 }, seed), sdftOn('neutral')));
  expect(reasons).toContain(undefined);
  const [reason] = reasons.flatMap((each) => each ?? []);
  expect(reason).toMatch(/^the arm sdft-neutral .* is not for this world$/);
});

test('other arms are for every changed setup', () => {
  for (const seed of seeds) {
    expect(reasonOf(at({ 'world.operations': 2 }, seed), sdft())).toBeUndefined();
    expect(reasonOf(at({}, seed), sdftOn('neutral'))).toBeUndefined();
  }
  expect(reasonOf(at({ 'model.width': 32 }, 1), rl({ skill: 1, rank: 64 }))).toMatch(/is not for this setup/);
});

test('an arm of a target that no setup has is a fault', () => {
  expect(() => unfit(at({}, 1), [{ ...sdft(), target: 9 }])).toThrow(/changes a target that its setup does not have/);
});
