import { expect, test } from 'vitest';
import { NothingToMeasureError } from '../../core/errors.ts';
import { stream } from '../../core/rng.ts';
import { onnxCpu } from '../../engine/engines/onnx-cpu.ts';
import { Programs } from '../../engine/programs.ts';
import { loadEngine } from '../../engine/select.ts';
import { loadSetup } from '../../lab/setup.ts';
import { architectureOf, initialParameters, layoutOf } from '../../model/parameters.ts';
import { sft } from '../../train/arms.ts';
import { lossGradient } from '../../train/gradient.ts';
import { characters } from '../../world/characters/index.ts';
import { drawWorld } from '../../world/characters/world.ts';
import { compare } from '../comparison.ts';
import { foretold, influence } from './influence.ts';

const setup = loadSetup('fixtures/setups/characters.json', [characters]);
const world = drawWorld(setup, 5);
const programs = new Programs(await loadEngine(onnxCpu));
const architecture = architectureOf(world);
const base = initialParameters(layoutOf(architecture), stream(1, 'init'));

const read = async (tuned: Float32Array) =>
  (await influence.of(compare(programs, world, sft({ skill: 1 }), base, tuned))).data;

test('a small step down the gradient of what is trained is taken up as gradients say, one up the other way round', async () => {
  const batch = world.batch('demonstrations', 1, stream(9, 'step'), 256);
  const gradient = await lossGradient(programs, architecture, base, batch);
  const step = (by: number): Float32Array => base.map((x, i) => x - by * (gradient[i] as number));
  const [down, up] = [await read(step(0.003)), await read(step(-0.003))];
  expect(down.bystanders).toBeGreaterThan(7);
  // The rise is read after own answers, the gradient is of trained ones: not 1.
  expect(down.rho).toBeGreaterThan(0.3);
  expect(up.rho).toBeLessThan(-0.3);
  const rng = stream(3, 'elsewhere');
  const size = Math.sqrt(gradient.reduce((sum, x) => sum + x * x, 0) / gradient.length);
  const elsewhere = await read(base.map((x) => x + 0.003 * size * rng.normal()));
  expect(Math.abs(elsewhere.rho as number)).toBeLessThan(0.3);
});

test('where nothing changed nobody is foretold, and a claim has to name the measure', async () => {
  const unchanged = await read(base);
  expect(unchanged).toMatchObject({ rho: null, rhoOtherFamilies: null });
  expect(() => foretold({ influence: unchanged })).toThrow(NothingToMeasureError);
  expect(foretold({ influence: { ...unchanged, rho: 0.3 } })).toBe(0.3);
  expect(() => foretold({})).toThrow(/no reading of the measure 'influence'/);
});
