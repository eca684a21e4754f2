import { expect, test } from 'vitest';
import { stream } from '../core/rng.ts';
import { type Feed, type Values, valuesOf } from '../engine/engine.ts';
import { onnxCpu } from '../engine/engines/onnx-cpu.ts';
import { Programs } from '../engine/programs.ts';
import { loadEngine } from '../engine/select.ts';
import { loadSetup, worldOf } from '../lab/setup.ts';
import { nextTokenLogProbabilities } from '../model/inference.ts';
import { architectureOf, initialParameters, layoutOf } from '../model/parameters.ts';
import { worlds } from '../world/index.ts';
import type { TuningSetup } from '../world/knobs.ts';
import type { World } from '../world/world.ts';
import type { Arm } from './arm.ts';
import { nullArm, rl, sdft, sft } from './arms.ts';
import { scaled } from './batch.ts';
import { methodOf, optionsOf } from './check.ts';
import { drawsOf } from './draw.ts';
import type { Step } from './method.ts';
import { methods } from './methods/index.ts';
import { type Pretrained, pretrain, schedule } from './pretrain.ts';
import { languageSteps } from './steps.ts';
import { agreement, type Run, type Tuned, tune, WATCHED } from './tune.ts';

const setup = loadSetup('fixtures/setups/small.json', worlds);
const world = worldOf(setup, 3, worlds);
/** The same world in a setup with other knobs of tuning. */
const worldWith = (knobs: Partial<TuningSetup>): World =>
  worldOf({ ...setup, tuning: { ...setup.tuning, ...knobs } }, 3, worlds);
const runOf = (arm: Arm, base: Float32Array, seed: number, of = world): Run => ({
  ...{ world: of, base, method: methodOf(arm, methods), arm, seed },
});
const architecture = architectureOf(world);
const { size: P } = layoutOf(architecture);
const adam = { beta1: 0.9, beta2: 0.98, clip: 1, weightDecay: 0.1 };
const programs = new Programs(await loadEngine(onnxCpu));
const fresh = (seed: number): Float32Array => initialParameters(layoutOf(architecture), stream(seed, 'init'));

const rehearsal = scaled(world.batch('rehearsal', 0, stream(2, 'rehearsal'), 4), 1);

/** The first step of an arm, its gradient as it is. */
function firstStep(of: Arm, knobs: Partial<TuningSetup> = {}): Promise<Step> {
  const { world: its, method, arm, seed } = runOf(of, fresh(11), 3, worldWith({ clip: 1e9, ...knobs }));
  const draw = drawsOf(method, { world: its, arm, seed })();
  const bases = [fresh(11)];
  return method.steps({ programs, architecture, world: its, options: optionsOf(method, arm), bases })([draw]);
}
const policy = { skill: 1, rehearsal: 1 };
test.each([
  ['supervised', () => languageSteps(programs, architecture, { ...adam, clip: 1e9, weightDecay: 0 })([rehearsal])],
  ['supervised, with KL on bystanders', () => firstStep(sft({ skill: 1, bystanderKl: 1 }))],
  ['policy', () => firstStep(rl(policy))],
  ['policy near its base', () => firstStep(rl(policy), { klWeight: 2 })],
] as const)('the gradient of a %s loss agrees with its central differences', async (_, make) => {
  const { program, feeds } = await make();
  const at = async (parameters: Float32Array): Promise<{ loss: number; first: Values }> => {
    const { loss, first } = await program.run({
      parameters,
      first: new Float32Array(P),
      second: new Float32Array(P),
      rate: Float32Array.of(0),
      correction1: Float32Array.of(1 - adam.beta1),
      correction2: Float32Array.of(1 - adam.beta2),
      ...feeds,
    });
    return { loss: (loss as Values)[0] as number, first: await valuesOf(first as Feed) };
  };
  // Away from the start, where embeddings are so small that normalisation bends the loss within any usable step.
  const jitter = stream(4, 'origin');
  const origin = fresh(1).map((value) => value + 0.3 * jitter.normal());
  const gradient = Array.from((await at(origin)).first, (value) => value / (1 - adam.beta1));
  const rng = stream(4, 'directions');
  // One direction within each matrix: a wrong gradient of one cannot hide behind the others.
  for (const { name, shape, offset } of layoutOf(architecture).slots) {
    const end = offset + shape[0] * shape[1];
    const direction = Array.from({ length: P }, (_unused, i) => (i >= offset && i < end ? rng.normal() : 0));
    const loss = async (h: number): Promise<number> =>
      (await at(origin.map((value, i) => value + h * (direction[i] as number)))).loss;
    const numeric = ((await loss(1e-3)) - (await loss(-1e-3))) / 2e-3;
    const analytic = gradient.reduce((sum, g, i) => sum + g * (direction[i] as number), 0);
    const size = Math.hypot(...gradient.slice(offset, end));
    expect(size, name).toBeGreaterThan(5e-3);
    expect(Math.abs(numeric - analytic), name).toBeLessThan(0.02 * size + 1e-3);
  }
});

test('log-probabilities after the last tokens are the tail of those after all', async () => {
  const { tokens } = rehearsal;
  const [size, L, V] = [4, architecture.context, architecture.vocabulary];
  const of = (last: number) => nextTokenLogProbabilities(programs, architecture, fresh(1), { size, tokens }, last);
  const [all, tail] = [await of(L - 1), await of(3)];
  for (let b = 0; b < size; b++) {
    const wanted = all.subarray((b * (L - 1) + L - 1 - 3) * V, (b + 1) * (L - 1) * V);
    tail.subarray(b * 3 * V, (b + 1) * 3 * V).forEach((value, i) => {
      expect(Math.abs(value - (wanted[i] as number))).toBeLessThan(1e-5);
    });
  }
});

test('warm-up is linear, then a cosine falls to zero', () => {
  expect([1, 5, 10, 55, 100].map((step) => schedule(step, 100, 10))).toEqual([0.1, 0.5, 1, expect.closeTo(0.5), 0]);
});

test('the same seed gives the same bits, another seed others', async () => {
  const base = async (seed: number) => (await pretrain(programs, [{ world, seed }]))[0] as Pretrained;
  const [a, b, c] = [await base(7), await base(7), await base(8)];
  expect(a).toEqual(b);
  expect(a.parameters).not.toEqual(c.parameters);
  expect((a.losses.at(-1) as { loss: number }).loss).toBeLessThan(Math.log(architecture.vocabulary));
});

test('demonstrations teach the skill; the run stops at the first look at or above the level', async () => {
  const [{ parameters }] = (await pretrain(programs, [{ world, seed: 7 }])) as [Pretrained];
  const longer = worldWith({ steps: 1500, learningRate: 5e-3 });
  const run = runOf(sft({ skill: 1 }), parameters, 3, longer);
  const [tuned] = (await tune(programs, [run])) as [Tuned];
  expect(tuned.reached).toBe(true);
  expect(tuned.trajectory.map(({ success }) => success >= setup.tuning.level).indexOf(true)).toBe(
    tuned.trajectory.length - 1,
  );
});

test('an arm goes as many steps past its own level as it says, at its own learning rate', async () => {
  const [{ parameters }] = (await pretrain(programs, [{ world, seed: 7 }])) as [Pretrained];
  const longer = worldWith({ steps: 500, level: 1 });
  const [at, past] = (await tune(programs, [
    runOf(sft({ skill: 1, level: 0.4, learningRate: 5e-3 }), parameters, 3, longer),
    runOf(sft({ skill: 1, level: 0.4, learningRate: 5e-3, past: 5 }), parameters, 3, longer),
  ])) as [Tuned, Tuned];
  const stopped = (of: Tuned): number | undefined =>
    of.trajectory.slice(1).find(({ success }) => success >= 0.4)?.step as number;
  expect(at).toMatchObject({ reached: true, steps: stopped(at) });
  expect(past).toMatchObject({ reached: true, steps: (stopped(past) as number) + 5 });
  // Looks at every second step, and at the last one.
  expect(past.trajectory.at(-1)?.step).toBe(past.steps);
  const still = worldWith({ steps: 500, level: 0.4, learningRate: 1e-9 });
  const [again] = (await tune(programs, [
    runOf(sft({ skill: 1, level: 0.4, learningRate: 5e-3 }), parameters, 3, still),
  ])) as [Tuned];
  expect(again.steps).toBe(at.steps);
});

test('an arm that says its steps makes so many, whatever its success and whatever its method ends as', async () => {
  const [{ parameters }] = (await pretrain(programs, [{ world, seed: 7 }])) as [Pretrained];
  // A level that any look has, and fewer steps of the setup than the arm makes.
  const low = worldWith({ steps: 2, level: 0.01, learningRate: 5e-3 });
  const all = await tune(programs, [
    runOf(sft({ skill: 1, steps: 7 }), parameters, 3, low),
    runOf(nullArm({ steps: 5 }), parameters, 3, low),
  ]);
  expect(all.map(({ steps, reached }) => ({ steps, reached }))).toEqual([
    { steps: 7, reached: true },
    { steps: 5, reached: true },
  ]);
  expect(all.map(({ trajectory }) => trajectory.at(-1)?.step)).toEqual([7, 5]);
});

test.each([
  sft({ skill: 1 }),
  rl({ skill: 1 }),
])('a heavy KL on bystanders holds these at their base in $method, and leaves the target free', async (arm) => {
  const [{ parameters }] = (await pretrain(programs, [{ world, seed: 7 }])) as [Pretrained];
  const { size, tokens } = world.batch('rehearsal', 0, stream(9, 'others'), 32);
  const L = architecture.context;
  const logp = (of: Float32Array) => nextTokenLogProbabilities(programs, architecture, of, { size, tokens }, L - 1);
  const before = await logp(parameters);
  const moved = async (bystanderKl?: number): Promise<number> => {
    const of = worldWith({ steps: 60, rlSteps: 60, learningRate: 2e-3, level: 1 });
    const held = bystanderKl === undefined ? arm : { ...arm, options: { bystanderKl } };
    const [tuned] = (await tune(programs, [runOf(held, parameters, 3, of)])) as [Tuned];
    expect(tuned.parameters).not.toEqual(parameters);
    const after = await logp(tuned.parameters);
    return after.reduce((sum, value, i) => sum + Math.abs(Math.exp(value) - Math.exp(before[i] as number)), 0);
  };
  expect(await moved(20)).toBeLessThan(0.5 * (await moved()));
});

test('a heavy KL holds the policy at its base', async () => {
  const [{ parameters }] = (await pretrain(programs, [{ world, seed: 7 }])) as [Pretrained];
  const { size, tokens } = world.selection();
  const logp = (of: Float32Array) => nextTokenLogProbabilities(programs, architecture, of, { size, tokens }, 1);
  const before = await logp(parameters);
  const moved = async (klWeight: number): Promise<number> => {
    const of = worldWith({ rlSteps: 150, learningRate: 1e-3, level: 1 });
    const [tuned] = (await tune(programs, [runOf(rl({ skill: 1, klWeight }), parameters, 3, of)])) as [Tuned];
    const after = await logp(tuned.parameters);
    return Math.max(...after.map((value, i) => Math.abs(Math.exp(value) - Math.exp(before[i] as number))));
  };
  const [free, held] = [await moved(0), await moved(5)];
  expect(free).toBeGreaterThan(0.1);
  expect(held).toBeLessThan(free / 2);
});

test('agreement is a share of positions', () => {
  expect(agreement(Int32Array.of(1, 2, 3, 4), Int32Array.of(1, 2, 0, 0))).toBe(0.5);
  expect(() => agreement(Int32Array.of(1), Int32Array.of(1, 2))).toThrow(/cannot compare/);
});

test('a run is watched at steps 1, 2, 4, ..., where success crosses a level and at its end, and is none other for it', async () => {
  const { parameters } = (await pretrain(programs, [{ world, seed: 7 }]))[0] as Pretrained;
  const quick = worldWith({ steps: 60, learningRate: 5e-3, level: 0.6 });
  const runs = [runOf(sft({ skill: 1 }), parameters, 3, quick), runOf(sdft(), parameters, 4, quick)];
  const alone = await tune(programs, runs);
  const watched = await tune(programs, runs, { watch: async (r, network) => ({ r, network }) });
  for (const [r, { looks, ...tuned }] of watched.entries()) {
    expect({ ...tuned, looks: [] }).toEqual(alone[r]);
    const best = (until: number) => Math.max(...tuned.trajectory.slice(0, until).map(({ success }) => success));
    const wanted = tuned.trajectory.filter(
      ({ step, success }, i) =>
        step > 0 &&
        (Number.isInteger(Math.log2(step)) ||
          step === tuned.steps ||
          WATCHED.some((level) => success >= level && best(i) < level)),
    );
    expect(looks.map(({ step, success }) => ({ step, success }))).toEqual(
      wanted.map(({ step, success }) => ({ step, success })),
    );
    expect(looks.every(({ seen }) => seen.r === r)).toBe(true);
    expect(looks.at(-1)?.seen.network).toEqual(tuned.parameters);
  }
  const everyThird = worldWith({ steps: 30, checkpointEvery: 3, level: 1 });
  const [seldom] = await tune(programs, [runOf(sdft(), parameters, 4, everyThird)], { watch: async () => 0 });
  const steps = seldom?.looks.map(({ step }) => step) ?? [];
  expect(steps.every((step) => step % 3 === 0)).toBe(true);
  expect(steps).toEqual(expect.arrayContaining([3, 6, 9, 18]));
});

test('runs of several arms and seeds in one program are what they are alone, each with its own end', async () => {
  const { parameters } = (await pretrain(programs, [{ world, seed: 7 }]))[0] as Pretrained;
  const quick = worldWith({ steps: 60, learningRate: 5e-3, level: 0.5 });
  const runs: Run[] = [
    runOf(sft({ skill: 1 }), parameters, 3, quick),
    runOf(sft({ skill: 0 }), parameters, 4, quick),
    runOf(sdft(), parameters, 4, quick),
    { ...runOf(nullArm(), parameters, 5, quick), steps: 7 },
  ];
  const together = await tune(programs, runs);
  expect(together.map(({ steps }) => steps).at(-1)).toBe(7);
  expect(new Set(together.map(({ steps }) => steps)).size).toBeGreaterThan(2);
  for (const [r, run] of runs.entries()) {
    const [alone] = (await tune(programs, [run])) as [Tuned];
    expect(together[r]?.trajectory.map(({ success }) => success)).toEqual(
      alone.trajectory.map(({ success }) => success),
    );
    const worst = Math.max(...alone.parameters.map((value, i) => Math.abs(value - together[r]!.parameters[i]!)));
    expect(worst).toBeLessThan(1e-4);
  }
});

test('runs that no program can share are refused', async () => {
  const run = (arm: Arm, of = world): Run => runOf(arm, fresh(1), 1, of);
  const other = worldWith({ steps: 3 });
  await expect(tune(programs, [run(sdft()), run(rl({ skill: 1 }))])).rejects.toThrow(/kinds of graph/);
  const alike = { ...methodOf(sdft(), methods), steps: () => expect.unreachable() };
  await expect(tune(programs, [run(sdft()), { ...run(sdft()), method: alike }])).rejects.toThrow(/different steps/);
  await expect(tune(programs, [run(sdft()), run(sdft(), other)])).rejects.toThrow(/different setups/);
  await expect(tune(programs, [run(nullArm())])).rejects.toThrow(/number of steps/);
  await expect(pretrain(programs, [])).rejects.toThrow(/no replicate/);
});
