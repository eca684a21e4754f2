import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { stream } from '../core/rng.ts';
import { type Feed, type Feeds, floats, type Values, valuesOf } from '../engine/engine.ts';
import { onnxCpu } from '../engine/engines/onnx-cpu.ts';
import { Programs } from '../engine/programs.ts';
import { loadEngine } from '../engine/select.ts';
import { loadSetup } from '../lab/setup.ts';
import { architectureOf, initialParameters, layoutOf } from '../model/parameters.ts';
import { characters } from '../world/characters/index.ts';
import { drawWorld } from '../world/characters/world.ts';
import type { World } from '../world/world.ts';
import type { Arm } from './arm.ts';
import { rl, sdft, sft } from './arms.ts';
import { scaled } from './batch.ts';
import { checkArm, checkFits, methodOf } from './check.ts';
import { Learner } from './learner.ts';
import { maskOf } from './mask.ts';
import { methods } from './methods/index.ts';
import { languageSteps } from './steps.ts';
import { type Run, type Tuned, tune } from './tune.ts';

const setup = loadSetup('fixtures/setups/small.json', [characters]);
const several = { ...setup.world, targets: 2 };
const tuning = { ...setup.tuning, steps: 6, rlSteps: 6, level: 1, learningRate: 2e-3 };
const worldAt = (target: number): World => drawWorld({ ...setup, world: several, tuning }, 3, target);
const world = worldAt(0);
const architecture = architectureOf(world);
const layout = layoutOf(architecture);
const { width } = architecture;
const base = initialParameters(layout, stream(1, 'init'));
const programs = new Programs(await loadEngine(onnxCpu));

const runOf = (arm: Arm, of = world): Run => ({ world: of, base, method: methodOf(arm, methods), arm, seed: 3 });
const differing = (parameters: Float32Array): number[] =>
  [...parameters.keys()].filter((i) => !Object.is(parameters[i], base[i]));
/** Where the embedding of a world's target's name lies: token embeddings come first. */
const rowOf = ({ ownTokens: [name] }: World): number[] =>
  Array.from({ length: width }, (_, i) => (name as number) * width + i);

test('a mask is 1 at the embeddings of its tokens, and nowhere else', () => {
  const mask = maskOf(layout, [2, 5]);
  const on = [...mask.keys()].filter((i) => mask[i] !== 0);
  const row = (token: number) => Array.from({ length: width }, (_, i) => token * width + i);
  expect(on).toEqual([...row(2), ...row(5)]);
  expect(new Set(mask)).toEqual(new Set([0, 1]));
  expect(mask.length).toBe(base.length);
});

test.each([
  sdft({ only: 'name' }),
  sft({ skill: 1, only: 'name', rehearsal: 1 }),
  rl({ skill: 1, only: 'name', bystanderKl: 0.1, klWeight: 0.5 }),
])('$method changes the name of each target, and no other weight by a bit', async (arm) => {
  const each = [world, worldAt(1)];
  expect(rowOf(worldAt(1))).not.toEqual(rowOf(world));
  const tuned = await tune(
    programs,
    each.map((of) => runOf(arm, of)),
  );
  for (const [i, { parameters, steps }] of tuned.entries()) {
    expect(steps).toBeGreaterThan(1);
    expect(differing(parameters)).toEqual(rowOf(each[i] as World));
  }
  const { only: _, ...options } = arm.options ?? {};
  const [free] = (await tune(programs, [runOf({ ...arm, options })])) as [Tuned];
  expect(differing(free.parameters).length).toBeGreaterThan(base.length / 2);
});

test('masked steps are those of Adam, written out, along the gradient of the plain step where the mask is 1', async () => {
  const adam = { beta1: 0.9, beta2: 0.98, clip: 1e-3, weightDecay: 0.1 };
  const [rate, steps] = [2e-3, 5];
  const mask = maskOf(layout, world.ownTokens);
  const batch = (step: number) => scaled(world.batch('documents', 0, stream(step, 'masked'), 8), 1);

  const learner = new Learner([base], [adam.beta1, adam.beta2]);
  const stepOn = languageSteps(programs, architecture, adam);
  const norms: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const { program, feeds } = await stepOn([batch(step)], { beside: { masked: true }, feeds: { mask } });
    norms.push(floats(await learner.step(program, [rate], feeds), 'norm')[0] as number);
  }
  const [masked] = (await learner.networks()) as [Float32Array];
  learner.dispose();

  const plain = languageSteps(programs, architecture, { ...adam, clip: 1e9 });
  const wanted = Float64Array.from(base);
  const [first, second] = [new Float64Array(base.length), new Float64Array(base.length)];
  for (let step = 1; step <= steps; step++) {
    const { program, feeds } = await plain([batch(step)]);
    const gradient = (await gradientOf(program.run, Float32Array.from(wanted), feeds)).map((g, i) => g * mask[i]!);
    const norm = Math.hypot(...gradient);
    expect(norms[step - 1]! / norm, 'the norm is that of the masked gradient').toBeCloseTo(1, 3);
    const scale = Math.min(adam.clip / (norm + 1e-6), 1);
    expect(scale).toBeLessThan(1);
    for (const i of rowOf(world)) {
      const g = gradient[i]! * scale;
      first[i] = adam.beta1 * first[i]! + (1 - adam.beta1) * g;
      second[i] = adam.beta2 * second[i]! + (1 - adam.beta2) * g * g;
      const corrected = first[i]! / (1 - adam.beta1 ** step);
      const root = Math.sqrt(second[i]! / (1 - adam.beta2 ** step));
      wanted[i]! -= rate * (corrected / (root + 1e-8) + adam.weightDecay * wanted[i]!);
    }
  }
  expect(differing(masked), 'weight decay reaches no other weight').toEqual(rowOf(world));
  for (const i of rowOf(world)) {
    expect(Math.abs(wanted[i]! - base[i]!)).toBeGreaterThan(1e-4);
    expect(Math.abs(masked[i]! - wanted[i]!)).toBeLessThan(1e-3 * Math.abs(wanted[i]! - base[i]!));
  }
});

/** The gradient [P] that a step without clipping follows: its first moment from zero, of which that is a tenth. */
async function gradientOf(run: (feeds: Feeds) => Promise<Feeds>, parameters: Float32Array, feeds: Feeds) {
  const { first } = await run({
    ...{ parameters, first: new Float32Array(base.length), second: new Float32Array(base.length) },
    ...{ rate: Float32Array.of(0), correction1: Float32Array.of(0.1), correction2: Float32Array.of(0.02) },
    ...feeds,
  });
  return Array.from((await valuesOf(first as Feed)) as Values, (value) => value / 0.1);
}

test('an arm of masked weights and of a rank, or in a world without tokens of its target alone, is refused', () => {
  const both = sft({ skill: 1, rank: 2, only: 'name' });
  expect(() => checkArm(both, methods)).toThrow(InputError);
  expect(() => checkArm(both, methods)).toThrow(/rank[\s\S]*or only[\s\S]*got: rank: 2, only: name/);
  const nameless: World = Object.assign(Object.create(world), { ownTokens: [] });
  const arm = sdft({ only: 'name' });
  const fits = (of: World) => () => checkFits(arm, methodOf(arm, methods), of);
  expect(fits(world)).not.toThrow();
  expect(fits(nameless)).toThrow(InputError);
  expect(fits(nameless)).toThrow(/ownTokens[\s\S]*which has none/);
});
