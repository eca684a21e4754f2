import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { stream } from '../core/rng.ts';
import { onnxCpu } from '../engine/engines/onnx-cpu.ts';
import { Programs } from '../engine/programs.ts';
import { loadEngine } from '../engine/select.ts';
import { loadSetup, worldOf } from '../lab/setup.ts';
import { architectureOf, initialParameters, layoutOf } from '../model/parameters.ts';
import { worlds } from '../world/index.ts';
import type { Arm } from './arm.ts';
import { rl, sft } from './arms.ts';
import { checkFits, methodOf } from './check.ts';
import { methods } from './methods/index.ts';
import { type Tuned, tune } from './tune.ts';

const setup = loadSetup('fixtures/setups/small.json', worlds);
const tuning = { ...setup.tuning, steps: 400, rlSteps: 20, learningRate: 5e-3, batch: 32 };
const world = worldOf({ ...setup, tuning }, 3, worlds);
const layout = layoutOf(architectureOf(world));
const base = initialParameters(layout, stream(1, 'init'));
const programs = new Programs(await loadEngine(onnxCpu));

async function tuned(arm: Arm): Promise<Tuned> {
  const [only] = await tune(programs, [{ world, base, method: methodOf(arm, methods), arm, seed: 3 }]);
  return only as Tuned;
}

/** The largest of the 2 x 2 minors of a matrix beside its largest product of two entries: 0 where the rank is 1. */
function minors(change: Float32Array, rows: number, columns: number): number {
  const at = (i: number, j: number): number => change[i * columns + j] as number;
  let [worst, largest] = [0, 0];
  for (let i = 1; i < rows; i++)
    for (let j = 1; j < columns; j++) {
      const [a, b] = [at(0, 0) * at(i, j), at(0, j) * at(i, 0)];
      worst = Math.max(worst, Math.abs(a - b));
      largest = Math.max(largest, Math.abs(a), Math.abs(b));
    }
  return worst / largest;
}

test.each([
  sft({ skill: 1, rank: 1, level: 1 }),
  rl({ skill: 1, rank: 1, rehearsal: 1, bystanderKl: 0.1, level: 1 }),
])('$method changes every matrix of the layers by one of its rank, and no other number', async (arm) => {
  const { parameters } = await tuned({ ...arm, options: { ...arm.options, learningRate: 2e-3 } });
  for (const { name, shape, offset } of layout.slots) {
    const [rows, columns] = shape;
    const change = Float32Array.from({ length: rows * columns }, (_, i) => parameters[offset + i]! - base[offset + i]!);
    if (name.includes('embed')) expect(Math.max(...change.map(Math.abs)), name).toBe(0);
    else {
      expect(Math.max(...change.map(Math.abs)), name).toBeGreaterThan(1e-3);
      expect(minors(change, rows, columns), name).toBeLessThan(1e-2);
    }
  }
  const free = await tuned({ ...arm, options: { ...arm.options, rank: 2 } });
  const { shape, offset } = layout.slots.find(({ name }) => name === '0.up')!;
  const size = shape[0] * shape[1];
  const change = Float32Array.from({ length: size }, (_, i) => free.parameters[offset + i]! - base[offset + i]!);
  expect(minors(change, ...shape), 'of rank 2').toBeGreaterThan(1e-2);
});

test('a low-rank change learns', async () => {
  const { trajectory } = await tuned(sft({ skill: 1, rank: 8, level: 1 }));
  const losses = trajectory.map(({ loss }) => loss ?? Number.POSITIVE_INFINITY);
  expect(losses.at(-1) as number).toBeLessThan(0.75 * (losses[1] as number));
});

test('a rank above the width of the model is refused', () => {
  const arm = sft({ skill: 1, rank: 17 });
  const fits = (): void => checkFits(arm, methodOf(arm, methods), world);
  expect(fits).toThrow(InputError);
  expect(fits).toThrow(/rank: at most 16[\s\S]*got: 17/);
});
