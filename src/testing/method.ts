import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../core/canonical.ts';
import { stream } from '../core/rng.ts';
import { type EngineModule, type Feeds, isHeld, type Values, valuesOf } from '../engine/engine.ts';
import { onnxCpu } from '../engine/engines/onnx-cpu.ts';
import { tfjsCpu } from '../engine/engines/tfjs-cpu.ts';
import { Programs } from '../engine/programs.ts';
import { loadEngine } from '../engine/select.ts';
import { worldOf } from '../lab/setup.ts';
import { architectureOf, initialParameters, layoutOf } from '../model/parameters.ts';
import { type Arm, armName } from '../train/arm.ts';
import { checkArm, checkFits, endsAs, endsAtLevel, optionsOf, tuningOf } from '../train/check.ts';
import { drawsOf } from '../train/draw.ts';
import { maskOf } from '../train/mask.ts';
import type { Draw, Method } from '../train/method.ts';
import { type Run, type Tuned, tune } from '../train/tune.ts';
import type { Setup, TuningSetup } from '../world/knobs.ts';
import type { World, WorldKind } from '../world/world.ts';
import { onlyReading } from './declared-knobs.ts';

/** What a method's contract is held to. */
export interface MethodContract {
  /** Arms of the method, one at least: between them every kind of graph that it has. */
  readonly arms: readonly Arm[];
  /** A small setup, in whose worlds the method can train. */
  readonly setup: Setup;
  /** The kinds of world that there are. */
  readonly worlds: readonly WorldKind[];
  /** The engines to compare with tfjs:cpu; onnx:cpu where absent. */
  readonly engines?: readonly EngineModule[];
}

const STEPS = 2;
const SEED = 3;

/**
 * Registers the tests that every method must pass: it reads no knob that it does not name, its draws and bits depend on its seed
 * alone, a learning rate of zero changes nothing, it trains the target's own tokens alone where it is told to, a run ends as the
 * method says, no tensor is left behind, replicates in one program are what they are alone, and all engines take the same steps.
 * Networks are untrained.
 */
export function methodContract(
  method: Method,
  { arms, setup, worlds, engines: others = [onnxCpu] }: MethodContract,
): void {
  /** The world of a setup in which runs are short. */
  const worldWith = (knobs: Partial<TuningSetup>): World =>
    worldOf(
      { ...setup, tuning: { ...setup.tuning, steps: STEPS, rlSteps: STEPS, checkpointEvery: 1, ...knobs } },
      SEED,
      worlds,
    );
  const world = worldWith({ level: 1 });
  const architecture = architectureOf(world);
  const layout = layoutOf(architecture);
  const fresh = (seed: number): Float32Array => initialParameters(layout, stream(seed, 'init'));
  const follows = (arm: Arm): boolean => endsAs(method, arm) !== undefined;
  const runOf = (arm: Arm, of: Partial<Run> = {}): Run => ({
    ...{ world, base: fresh(1), method, arm, seed: SEED },
    ...(follows(arm) && { steps: STEPS }),
    ...(method.teacher && { teacher: fresh(50) }),
    ...of,
  });
  const draws = (arm: Arm, seed: number): (() => Draw) => drawsOf(method, { world, arm, seed });
  /** Networks to learn from for runs of these seeds, where the method has a teacher. */
  const teachersOf = (seeds: readonly number[]): { readonly teachers?: Float32Array[] } =>
    method.teacher === undefined ? {} : { teachers: seeds.map((seed) => fresh(200 + seed)) };
  const [engine = tfjsCpu] = others;
  const tuned = async (run: Run, learningRate?: number, on = engine): Promise<Tuned> => {
    const options = learningRate === undefined ? {} : { learningRate };
    const [only] = await tune(await programsOn(on), [run], options);
    return only as Tuned;
  };
  /** Every output of the first step of runs of these seeds, from parameters and bases of their own. */
  const firstStep = async (on: EngineModule, arm: Arm, seeds: readonly number[]): Promise<Record<string, Values>> => {
    const programs = await programsOn(on);
    const bases = seeds.map((seed) => fresh(100 + seed));
    const of = { programs, architecture, world, options: optionsOf(method, arm), bases };
    const stepOn = method.steps({ ...of, ...teachersOf(seeds) });
    const { program, feeds } = await stepOn(seeds.map((seed) => draws(arm, seed)()));
    const outputs = await program.run({ ...stateOf(seeds.map(fresh), world.setup.tuning), ...feeds });
    const all: Record<string, Values> = {};
    for (const [name, feed] of Object.entries(outputs)) {
      all[name] = await valuesOf(feed);
      if (isHeld(feed)) feed.dispose();
    }
    return all;
  };

  describe.each(arms.map((arm) => [armName(arm), arm] as const))('%s', (_, arm) => {
    test('is an arm of its method, with knobs of the setup, and fits the world', () => {
      expect(checkArm(arm, [method])).toBe(method);
      expect(() => checkFits(arm, method, world)).not.toThrow();
      const knobs = tuningOf(setup.tuning, method, arm);
      expect(setup.tuning).toMatchObject(knobs);
    });

    test('reads no knob of tuning but those of every run and its own', async () => {
      const names = Object.keys(tuningOf(world.setup.tuning, method, arm)) as (keyof TuningSetup)[];
      const of = worldOf(onlyReading(world.setup, names, method.label), SEED, worlds);
      const options = optionsOf(method, arm);
      expect(() => checkFits(arm, method, of)).not.toThrow();
      if (endsAtLevel(method, arm)) expect(method.most(of.setup.tuning)).toBe(STEPS);
      const next = drawsOf(method, { world: of, arm, seed: SEED });
      expect([next(), next()]).toStrictEqual(several(draws(arm, SEED)).slice(0, 2));
      // Programs of its own: those that were made before would not be made again.
      const programs = new Programs(await loadEngine(tfjsCpu));
      const stepOn = method.steps({
        programs,
        architecture,
        world: of,
        options,
        bases: [fresh(1)],
        ...teachersOf([SEED]),
      });
      const { program, feeds } = await stepOn([next()]);
      const outputs = await program.run({ ...stateOf([fresh(0)], of.setup.tuning), ...feeds });
      for (const feed of Object.values(outputs)) if (isHeld(feed)) feed.dispose();
      await programs.dispose();
    });

    test('draws the same for the same seed, other things for another, whatever else is drawn in between', () => {
      const alone = several(draws(arm, 5));
      expect(several(draws(arm, 5))).toStrictEqual(alone);
      expect(several(draws(arm, 6))).not.toEqual(alone);
      const [one, other] = [draws(arm, 5), draws({ ...arm, rehearsal: arm.rehearsal + 1 }, 5)];
      const mixed = alone.map(() => [one(), other()] as const);
      expect(mixed.map(([draw]) => draw)).toStrictEqual(alone);
      expect(mixed.map(([, draw]) => draw)).not.toEqual(alone);
    });

    test('gives the same bits for the same seed, others for another', async () => {
      const run = await tuned(runOf(arm));
      const again = await tuned(runOf(arm));
      expect(bitsOf(again)).toBe(bitsOf(run));
      expect(again.trajectory).toEqual(run.trajectory);
      expect(bitsOf(await tuned(runOf(arm, { seed: SEED + 1 })))).not.toBe(bitsOf(run));
      expect(bitsOf(run)).not.toBe(bitsOf({ parameters: fresh(1) }));
    });

    test('changes nothing at learning rate zero', async () => {
      expect(bitsOf(await tuned(runOf(arm), 0))).toBe(bitsOf({ parameters: fresh(1) }));
    });

    test.runIf(world.ownTokens.length > 0)(
      "leaves every weight but the target's own as it is where it is told to",
      async () => {
        const { rank: _, ...options } = arm.options ?? {};
        const run = await tuned(runOf({ ...arm, options: { ...options, only: 'name' } }));
        const own = maskOf(layout, world.ownTokens);
        const of = (parameters: Float32Array) => bitsOf({ parameters: parameters.filter((__, i) => own[i] === 0) });
        expect(of(run.parameters)).toBe(of(fresh(1)));
      },
    );

    test('ends as it says', async () => {
      const { level: _, past: __, stepsOfRl: ___, ...options } = arm.options ?? {};
      const own = await tuned(
        runOf({ ...arm, options: { ...options, steps: 3 } }, { world: worldWith({ level: 1e-9 }) }),
      );
      expect(own).toMatchObject({ reached: true, steps: 3 });
      if (follows(arm)) {
        const run = await tuned(runOf(arm, { world: worldWith({ level: 1e-9 }), steps: 3 }));
        expect(run).toMatchObject({ reached: true, steps: 3 });
        return;
      }
      if (!endsAtLevel(method, arm)) return;
      const longest = await tuned(runOf(arm));
      const successes = longest.trajectory.slice(1).map(({ success }) => success);
      const best = Math.max(...successes);
      expect(longest.reached).toBe(best === 1);
      expect(longest.steps).toBe(1 + successes.indexOf(best));
      expect(longest.trajectory.map(({ step }) => step)).toEqual([0, 1, 2].slice(0, longest.steps + 1));
      const run = await tuned(runOf(arm, { world: worldWith({ level: best || 1 }) }));
      expect(run).toMatchObject({ reached: best > 0, steps: longest.steps });
    });

    test('leaves no tensor behind', async () => {
      const round = async (): Promise<number> => {
        await tuned(runOf(arm), undefined, tfjsCpu);
        return tf.memory().numTensors;
      };
      await round();
      expect(await round()).toBe(await round());
    });

    if (others.length > 0) {
      test('takes on every engine the first step that it takes on tfjs:cpu', async () => {
        const wanted = await firstStep(tfjsCpu, arm, [1]);
        for (const other of others) {
          const got = await firstStep(other, arm, [1]);
          expect(Object.keys(got).sort()).toEqual(Object.keys(wanted).sort());
          for (const [name, values] of Object.entries(wanted))
            expectNear(got[name] as Values, values, toleranceOf(name), `${name} on ${other.id}`);
        }
      });
    }

    test.each([
      tfjsCpu,
      ...others,
    ])('on $id several replicates in one program are each what it is alone', async (on) => {
      const seeds = [1, 2, 3];
      const many = await firstStep(on, arm, seeds);
      for (const [r, seed] of seeds.entries()) {
        for (const [name, values] of Object.entries(await firstStep(on, arm, [seed]))) {
          const n = values.length;
          const slice = (many[name] as Values).subarray(r * n, (r + 1) * n);
          expectNear(slice, values, toleranceOf(name), `${name} of replicate ${r}`);
        }
      }
    });
  });
}

/** What the first step of networks, each [P], starts from, beside what it is fed. */
const stateOf = (networks: readonly Float32Array[], { beta1, beta2 }: TuningSetup): Feeds => {
  const parameters = Float32Array.from(networks.flatMap((each) => [...each]));
  return {
    parameters,
    first: new Float32Array(parameters.length),
    second: new Float32Array(parameters.length),
    rate: new Float32Array(networks.length).fill(1e-2),
    correction1: Float32Array.of(1 - beta1),
    correction2: Float32Array.of(1 - beta2),
  };
};

const loaded = new Map<EngineModule, Promise<Programs>>();

/** The programs of this process on an engine. */
function programsOn(engine: EngineModule): Promise<Programs> {
  const known = loaded.get(engine) ?? loadEngine(engine).then((each) => new Programs(each));
  loaded.set(engine, known);
  return known;
}

/** A digest of parameters: comparing arrays number by number takes vitest longer than training them. */
const bitsOf = ({ parameters }: Pick<Tuned, 'parameters'>): string => sha256(new Uint8Array(parameters.slice().buffer));

/** Three draws. */
const several = (next: () => Draw): Draw[] => [next(), next(), next()];

/** Adam divides by the gradient's own size: where a gradient is rounding noise, its sign is too. */
const toleranceOf = (output: string): number => (output === 'parameters' ? 1e-4 : 1e-5);

/** |got - wanted| at most `tolerance` |wanted|, Euclidean norms; both finite. */
function expectNear(got: Values, wanted: Values, tolerance: number, name: string): void {
  expect(got.length, name).toBe(wanted.length);
  const norm = (values: Float64Array): number => Math.hypot(...values);
  const difference = norm(Float64Array.from(wanted, (value, i) => (got[i] as number) - value));
  expect(difference, name).toBeLessThanOrEqual(tolerance * norm(Float64Array.from(wanted)));
}
