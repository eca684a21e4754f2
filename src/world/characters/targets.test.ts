import { expect, test } from 'vitest';
import { stream } from '../../core/rng.ts';
import { loadSetup } from '../../lab/setup.ts';
import { worldContract } from '../../testing/world.ts';
import { characters } from './index.ts';
import { drawWorld } from './world.ts';

const small = loadSetup('fixtures/setups/small.json', [characters]);
const setup = { ...small, world: { ...small.world, targets: 3 } };

worldContract(characters, { setup });

test('a setup that names one target is that which names none', () => {
  const { setup: _, ...one } = drawWorld({ ...small, world: { ...small.world, targets: 1 } }, 5);
  const { setup: __, ...none } = drawWorld(small, 5);
  expect(one).toEqual(none);
});

test('worlds of several targets differ in nothing else, and pretrain on the same sequences', () => {
  for (let seed = 0; seed < 20; seed++) {
    const all = [0, 1, 2].map((target) => drawWorld(setup, seed, target));
    const [first] = all as [(typeof all)[0]];
    all.forEach((world, i) => {
      expect(world.target.character).toBe(i);
      expect(world.target.ownOperation).toBe(world.dispositions[i]?.[world.target.topic]);
      expect(world.target.operation).not.toBe(world.target.ownOperation);
      expect(world.documentsOnly[i]).toEqual(Array.from({ length: setup.world.topics }, () => false));
      const { target, lessons, ownTokens } = first;
      expect({ ...world, target, lessons, ownTokens }).toEqual({ ...first });
      const batch = (of: typeof world) => of.batch('pretraining', 0, stream(1, 'batch'), 8);
      expect(batch(world)).toEqual(batch(first));
      const rehearsed = world.batch('rehearsal', 0, stream(1, 'batch'), 64).tokens;
      expect(rehearsed.includes(world.vocabulary.names[i] as number)).toBe(false);
    });
  }
});

test('a target beyond those of the setup is refused, and a setup with as many targets as characters', () => {
  expect(() => drawWorld(setup, 1, 3)).toThrow(/3 targets, and none at 3/);
  const { characters: count } = small.world;
  const faults = characters.faults({ ...small, world: { ...small.world, targets: count, documentsOnlyShare: 0 } });
  expect(faults.map(({ path }) => path)).toContain('world.targets');
});
