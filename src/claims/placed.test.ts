import { expect, test } from 'vitest';
import type { ReplicateObservation } from '../lab/observed.ts';
import { rl, sdft } from '../train/arms.ts';
import {
  besideEach,
  bySetupName,
  inSetup,
  placedArmSchema,
  placedAt,
  placedName,
  plainArm,
  setupNamesOf,
} from './placed.ts';
import { observed } from './reading.ts';

const there = inSetup('known', rl({ skill: 0 }));

test('an arm in another setup is told from the same arm in the claim’s own', () => {
  expect(placedName(there)).toBe('rl s=0 rehearsal=0 in known');
  expect(placedName(rl({ skill: 0 }))).toBe('rl s=0 rehearsal=0');
  expect(placedName(placedAt(there, 2))).toBe('rl s=0 rehearsal=0 target=2 in known');
  expect(plainArm(there)).toEqual(rl({ skill: 0 }));
  expect(() => inSetup(' ', sdft())).toThrow(/the name of a setup[\s\S]*got: ' '/);
});

test('arms of one setup are gathered, each once', () => {
  const all = bySetupName([rl({ skill: 0 }), there, there, sdft(), inSetup('third', sdft())]);
  expect([...all]).toEqual([
    [undefined, [rl({ skill: 0 }), sdft()]],
    ['known', [rl({ skill: 0 })]],
    ['third', [sdft()]],
  ]);
  expect(setupNamesOf({ setup: 'own', arms: { a: sdft(), there } })).toEqual(['own', 'known']);
  expect(setupNamesOf({ arms: { a: sdft() } })).toEqual([undefined]);
});

test('observations of both setups stand side by side, and a base plays where both do', () => {
  const of = (seed: number, played: boolean, mark: number): ReplicateObservation =>
    ({
      seed,
      base: { seed, played, devices: ['cpu'], quality: { mark } },
      arms: new Map([['rl s=0 rehearsal=0', { arm: rl({ skill: 0 }), mark }]]),
    }) as object as ReplicateObservation;
  const [one, two] = besideEach([of(1, true, 1), of(2, true, 2)], 'known', [of(1, true, 3), of(2, false, 4)]);
  expect([one?.base.played, two?.base.played]).toEqual([true, false]);
  expect(one?.base.quality).toEqual({ mark: 1 });
  expect(observed(one as ReplicateObservation, rl({ skill: 0 }))).toMatchObject({ mark: 1 });
  expect(observed(one as ReplicateObservation, there)).toMatchObject({ mark: 3 });
  expect(() => observed(one as ReplicateObservation, inSetup('third', rl({ skill: 0 })))).toThrow(/in third/);
});

test('records hold such an arm, and nothing else that an arm is not', () => {
  expect(placedArmSchema.parse(there)).toEqual(there);
  expect(placedArmSchema.parse(sdft())).toEqual(sdft());
  for (const wrong of [
    { ...there, setup: '' },
    { ...there, more: 1 },
    { ...there, skill: 2 },
  ])
    expect(placedArmSchema.safeParse(wrong).success).toBe(false);
});
