import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { onnxCpu } from '../engine/engines/onnx-cpu.ts';
import { Programs } from '../engine/programs.ts';
import { loadEngine } from '../engine/select.ts';
import { openStore } from '../store/store.ts';
import { type Arm, atTarget, repeated } from '../train/arm.ts';
import { nullArm, rl, sdft, sft } from '../train/arms.ts';
import { randomReward } from '../train/methods/random-reward.ts';
import { sftOnRollouts } from '../train/methods/sft-rollouts.ts';
import { type Tuned, tune } from '../train/tune.ts';
import { BUILT_IN } from './built-in.ts';
import { followedBy, methodOf, neededBy, teacherOf, worldFor } from './catalog.ts';
import { type Course, keysOf, type Lineage } from './keys.ts';
import { armIn, baseIn, checkCourse } from './networks.ts';
import { redo } from './redo.ts';
import { loadSetup } from './setup.ts';
import { missingJobs, observeStudy, type Study } from './study.ts';

// Arms that are made of others, and the ends that arms set for themselves.

const catalog = BUILT_IN;
const setup = loadSetup('fixtures/setups/small.json', catalog.worlds);
const lineage: Lineage = { catalog, setup, seed: 3, engine: 'onnx:cpu' };
const student = sftOnRollouts({ skill: 1 });
const study: Study = { catalog, setup, engine: 'onnx:cpu', seeds: [3], arms: [student, rl({ skill: 1 })] };
const folder = mkdtempSync(join(tmpdir(), 'needed-test-'));
const sink = { write: () => true };
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('an arm needs those of its target and repetition, at the level and the rate that it names', () => {
  expect(followedBy(catalog, nullArm({ level: 0.5 }))).toEqual(sdft({ level: 0.5 }));
  const noisy = repeated(atTarget(randomReward({ skill: 1, rollouts: 16, rate: 0.2, past: 3 }), 1), 2);
  expect(neededBy(catalog, noisy)).toEqual([repeated(atTarget(rl({ skill: 1, rollouts: 16, past: 3 }), 1), 2)]);
  const taught = atTarget(sftOnRollouts({ skill: 1, rehearsal: 1, level: 0.5 }), 1);
  expect(teacherOf(catalog, taught)).toEqual(atTarget(rl({ skill: 1, rehearsal: 1 }), 1));
  expect(neededBy(catalog, sft({ skill: 1 }))).toEqual([]);
});

test('the key of an arm follows that of the arm that it learns from', () => {
  const hotter = { ...setup, tuning: { ...setup.tuning, temperature: 3 } };
  const key = (of: Arm, its = setup): string => keysOf({ ...lineage, setup: its }).arm(of);
  expect(key(student, hotter)).not.toBe(key(student));
  expect(key(sft({ skill: 1 }), hotter)).toBe(key(sft({ skill: 1 })));
});

test('an arm waits for the one that it learns from, trains from its network, and comes out the same again', async () => {
  const jobs = missingJobs(study, openStore(folder));
  expect(jobs.find(({ id }) => id.includes('sft-rollouts'))?.after).toEqual([
    'seed 3 base',
    'seed 3 rl s=1 rehearsal=0',
  ]);
  // Whether or not that one is asked for.
  await observeStudy({ ...study, arms: [student], workers: 1 }, folder, sink);
  const store = openStore(folder);
  const keys = keysOf(lineage);
  const stored = (arm: Arm) => armIn(store.read('arm', keys.arm(arm)) as never, lineage, arm);
  const run = {
    ...{
      world: worldFor(catalog, setup, 3, student),
      base: baseIn(store.read('base', keys.base) as never, lineage).parameters,
    },
    ...{ method: methodOf(catalog, student), arm: student, seed: 3 },
  };
  const programs = new Programs(await loadEngine(onnxCpu));
  const [tuned] = (await tune(programs, [{ ...run, teacher: stored(rl({ skill: 1 })).parameters }])) as [Tuned];
  expect(stored(student).parameters).toEqual(tuned.parameters);
  const [other] = (await tune(programs, [{ ...run, teacher: run.base }])) as [Tuned];
  expect(stored(student).parameters).not.toEqual(other.parameters);
  const [redone] = await redo([{ run: { lineage, arm: student }, again: 'trained' }], folder, 1, sink);
  expect(redone).toMatchObject({ outcome: 'same' });
});

/** A course with these successes at every second step from 0 on, and at the steps that are named. */
function course(successes: readonly number[], named: Readonly<Record<number, number>> = {}): Course {
  const looks = [...successes.map((success, i): [number, number] => [2 * i, success])];
  looks.push(...Object.entries(named).map(([step, success]): [number, number] => [Number(step), success]));
  const trajectory = looks
    .sort(([a], [b]) => a - b)
    .map(([step, success], i) => ({ step, success, loss: i === 0 ? null : 1 }));
  const { step } = trajectory.at(-1) as { step: number };
  return { trajectory, reached: true, steps: step };
}

test('a course ends at the level of its arm, or as many steps past it as the arm says, and nowhere else', () => {
  const odd = { ...setup, tuning: { ...setup.tuning, steps: 7 } };
  const check =
    (arm: Arm, its: Course, of = setup) =>
    (): void =>
      checkCourse({ kind: 'arm', key: 'a' } as never, its, { catalog, setup: of }, arm);
  expect(check(sdft(), course([0, 0.5, 0.9]))).not.toThrow();
  expect(check(sdft({ level: 0.5 }), course([0, 0.5]))).not.toThrow();
  expect(check(nullArm({ steps: 4 }), course([0, 1, 0]))).not.toThrow();
  expect(check(nullArm({ steps: 4 }), course([0, 1]))).toThrow(/4, as its arm says/);
  expect(check(sdft({ level: 0.5 }), course([0, 0.5, 0.9]))).toThrow(InputError);
  expect(check(sdft({ level: 0.5 }), course([0, 0.5, 0.9]))).toThrow(/an end at success 0.5/);
  expect(check(sdft({ level: 0.5, past: 3 }), course([0, 0.5, 0.1], { 5: 0.2 }))).not.toThrow();
  expect(check(sdft({ level: 0.5, past: 3 }), course([0, 0.5, 0.1]))).toThrow(/3 steps past success 0.5/);
  // The last step at which the level may be reached is looked at, too, and those past it are beyond.
  expect(check(sdft({ past: 2 }), course([0, 0, 0, 0, 0], { 7: 0.95, 9: 0.9 }), odd)).not.toThrow();
  expect(check(sdft({ past: 2 }), course([0, 0, 0, 0, 0.95], { 9: 0.9 }), odd)).toThrow(/looks at steps/);
  expect(check(sdft({ past: 2 }), { ...course([0, 0, 0, 0], { 7: 0.1 }), reached: false }, odd)).not.toThrow();
});
