import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { onnxCpu } from '../engine/engines/onnx-cpu.ts';
import { Programs } from '../engine/programs.ts';
import { loadEngine } from '../engine/select.ts';
import { openStore } from '../store/store.ts';
import { type Arm, after, armName, armSchema, atTarget, repeated } from '../train/arm.ts';
import { nullArm, sdft, sft } from '../train/arms.ts';
import { checkArm } from '../train/check.ts';
import { type Tuned, tune } from '../train/tune.ts';
import { BUILT_IN } from './built-in.ts';
import { followedBy, methodOf, neededBy, worldFor } from './catalog.ts';
import { keysOf, type Lineage } from './keys.ts';
import { armIn, baseIn } from './networks.ts';
import { readObservation } from './observed.ts';
import { redo } from './redo.ts';
import { loadSetup } from './setup.ts';
import { missingJobs, observeStudy, type Study } from './study.ts';

// Arms that start where another one ended.

const catalog = BUILT_IN;
const setup = loadSetup('fixtures/setups/small.json', catalog.worlds);
const lineage: Lineage = { catalog, setup, seed: 3, engine: 'onnx:cpu' };
const first = sft({ skill: 1 });
const counter = after(first, sdft());
const third = after(counter, nullArm());
const study: Study = { catalog, setup, engine: 'onnx:cpu', seeds: [3], arms: [third, counter, sdft()] };
const folder = mkdtempSync(join(tmpdir(), 'after-test-'));
const sink = { write: () => true };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('an arm is named by the one that it starts after, needs it, and moves to a target with it', () => {
  expect(armName(counter)).toBe('sdft s=0 rehearsal=0 after (sft s=1 rehearsal=0)');
  expect(armSchema.parse(JSON.parse(JSON.stringify(third)))).toEqual(third);
  expect(neededBy(catalog, counter)).toEqual([first]);
  // As many steps as SDFT takes from the same start.
  expect(followedBy(catalog, third)).toEqual(after(counter, sdft()));
  expect(neededBy(catalog, third)).toEqual([counter, after(counter, sdft())]);
  expect(atTarget(counter, 2)).toEqual(after(atTarget(first, 2), atTarget(sdft(), 2)));
  expect(repeated(counter, 1)).toEqual(after(first, repeated(sdft(), 1)));
  // The same skill taught to another target, whom the first arm had not touched.
  expect(after(first, atTarget(first, 1))).toMatchObject({ target: 1, after: first });
  const wrong: Arm = { ...sdft(), after: { ...first, options: { noSuch: 1 } } };
  expect(() => checkArm(wrong, catalog.methods)).toThrow(InputError);
});

test('its key follows that of the first one', () => {
  const shorter = { ...setup, tuning: { ...setup.tuning, level: 0.5 } };
  const keys = [first, counter, third].map((arm) => [arm, keysOf(lineage).arm(arm)] as const);
  expect(new Set(keys.map(([, key]) => key)).size).toBe(3);
  for (const [arm, key] of keys) expect(keysOf({ ...lineage, setup: shorter }).arm(arm)).not.toBe(key);
  const [other] = neededBy(catalog, after(sft({ skill: 0 }), sdft()));
  expect(keysOf(lineage).arm(after(other as Arm, sdft()))).not.toBe(keysOf(lineage).arm(counter));
});

test('it comes after the first one, starts at its end, is compared with the base, and comes out the same again', async () => {
  const jobs = missingJobs({ ...study, arms: [third, counter, first] }, openStore(folder));
  const job = (arm: Arm) => jobs.find(({ id }) => id === `seed 3 ${armName(arm)}`);
  expect(job(first)?.after).toEqual(['seed 3 base']);
  expect(job(counter)?.after).toEqual(['seed 3 base', `seed 3 ${armName(first)}`]);
  expect(job(third)?.after).toEqual(['seed 3 base', `seed 3 ${armName(counter)}`]);
  expect(jobs.indexOf(job(first) as never)).toBeLessThan(jobs.indexOf(job(counter) as never));
  // Whether or not the first one is asked for.
  await observeStudy({ ...study, workers: 1 }, folder, sink);
  const store = openStore(folder);
  const keys = keysOf(lineage);
  const stored = (arm: Arm) => armIn(store.read('arm', keys.arm(arm)) as never, lineage, arm);
  const base = baseIn(store.read('base', keys.base) as never, lineage).parameters;
  const run = {
    ...{ world: worldFor(catalog, setup, 3, counter), base, arm: counter, seed: 3 },
    ...{ method: methodOf(catalog, counter), start: stored(first).parameters },
  };
  const programs = new Programs(await loadEngine(onnxCpu));
  const [tuned] = (await tune(programs, [run])) as [Tuned];
  expect(stored(counter).parameters).toEqual(tuned.parameters);
  const [still] = (await tune(programs, [run], { learningRate: 0 })) as [Tuned];
  expect(still.parameters).toEqual(stored(first).parameters);
  const [before, alone] = [counter, sdft()].map((arm) => readObservation(store, lineage, arm)?.target.trainedBefore);
  expect(before).toBe(alone);
  const asked = [third, counter, first].map((arm) => ({ run: { lineage, arm }, again: 'trained' as const }));
  await observeStudy({ ...study, arms: [first] }, folder, sink);
  expect((await redo(asked, folder, 1, sink)).map(({ outcome }) => outcome)).toEqual(['same', 'same', 'same']);
});
