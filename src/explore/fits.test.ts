import { expect, test } from 'vitest';
import { BUILT_IN } from '../lab/built-in.ts';
import { loadSetup } from '../lab/setup.ts';
import { rl, sdft, sdftOn } from '../train/arms.ts';
import { changed } from './changed.ts';
import { unfit } from './fits.ts';

const registered = loadSetup('fixtures/setups/characters.json', BUILT_IN.worlds);
const at = (changes: Parameters<typeof changed>[1], seed: number) => ({
  ...{ catalog: BUILT_IN, seed },
  setup: changed(registered, changes).setup,
});
const seeds = Array.from({ length: 12 }, (_, i) => 3_000_000 + i);

test('of two operations there is not always a neutral fact to state, and an arm that would is told of in a line', () => {
  const reasons = seeds.map((seed) => unfit(at({ 'world.operations': 2 }, seed), sdftOn('neutral')));
  expect(reasons).toContain(undefined);
  const [reason] = reasons.flatMap((each) => each ?? []);
  expect(reason).toMatch(/^the arm sdft-neutral .* is not for this world$/);
});

test('other arms are for every changed setup', () => {
  for (const seed of seeds) {
    expect(unfit(at({ 'world.operations': 2 }, seed), sdft())).toBeUndefined();
    expect(unfit(at({}, seed), sdftOn('neutral'))).toBeUndefined();
  }
  expect(unfit(at({ 'model.width': 32 }, 1), rl({ skill: 1, rank: 64 }))).toMatch(/is not for this setup/);
});
