import { expect, test } from 'vitest';
import type { ReplicateObservation } from '../lab/observed.ts';
import { after, atTarget, repeated } from '../train/arm.ts';
import { rl, sdft } from '../train/arms.ts';
import {
  bySetupName,
  inSetup,
  observePlaced,
  placedArmSchema,
  placedAt,
  placedName,
  plainArm,
  refuseMisplaced,
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

test('an arm is in another setup as a whole: nothing is made of it any more', () => {
  for (const made of [
    () => repeated(there, 1),
    () => atTarget(there, 1),
    () => after(there, sdft()),
    () => after(sdft(), there),
  ])
    expect(made).toThrow(/not an arm[\s\S]*got: .*Unrecognized key: "setup"/);
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

const replicateOf = (seed: number, played: boolean, mark: number): ReplicateObservation =>
  ({
    seed,
    base: { seed, played, devices: ['cpu'], quality: { mark } },
    arms: new Map([['rl s=0 rehearsal=0', { arm: rl({ skill: 0 }), mark }]]),
  }) as object as ReplicateObservation;

test('observations of both setups stand side by side, seed by seed, and a base plays where both do', async () => {
  const known = [replicateOf(2, false, 4), replicateOf(1, true, 3)];
  const own = [replicateOf(1, true, 1), replicateOf(2, true, 2)];
  const asked: unknown[] = [];
  const [one, two] = await observePlaced([rl({ skill: 0 }), there], async (arms, name) => {
    asked.push([name, arms]);
    return name === 'known' ? known : own;
  });
  expect(asked).toEqual([
    [undefined, [rl({ skill: 0 })]],
    ['known', [rl({ skill: 0 })]],
  ]);
  expect([one?.base.played, two?.base.played]).toEqual([true, false]);
  expect(one?.base.quality).toEqual({ mark: 1 });
  expect(observed(one as ReplicateObservation, rl({ skill: 0 }))).toMatchObject({ mark: 1 });
  expect(observed(one as ReplicateObservation, there)).toMatchObject({ mark: 3 });
  expect(() => observed(one as ReplicateObservation, inSetup('third', rl({ skill: 0 })))).toThrow(/in third/);
  await expect(observePlaced([there], async (_, name) => (name === 'known' ? known.slice(1) : own))).rejects.toThrow(
    /no replicate of seed 2 in the setup known/,
  );
});

test('a claim has an arm of its own setup, and names that of no arm', () => {
  expect(() => refuseMisplaced('X', { arms: {} })).not.toThrow();
  expect(() => refuseMisplaced('X', { setup: 'own', arms: { a: sdft(), there } })).not.toThrow();
  expect(() => refuseMisplaced('X', { arms: { there } })).toThrow(/arms of X[\s\S]*got: none but of other setups/);
  expect(() => refuseMisplaced('X', { setup: 'known', arms: { a: sdft(), there } })).toThrow(/got: there, by name/);
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
