import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { stream } from '../core/rng.ts';
import { type Compilable, Programs } from '../engine/programs.ts';
import { loadEngine } from '../engine/select.ts';
import { greedyAnswers, nextTokenLogProbabilities } from '../model/inference.ts';
import { architectureOf, initialParameters, layoutOf } from '../model/parameters.ts';
import { pretrainingBatch, rehearsalBatch } from '../world/batches.ts';
import { drawWorld } from '../world/characters.ts';
import { rolloutPrompts } from '../world/prompts.ts';
import { loadSetup } from '../world/setup.ts';
import { type Arm, rl, sdft, sft } from './arm.ts';
import { scaled } from './batch.ts';
import { pretrain, schedule } from './pretrain.ts';
import { languageStep, policyStep } from './step.ts';
import { agreement, tune, wantedAnswers } from './tune.ts';

const world = drawWorld(loadSetup('fixtures/setups/small.json'), 3);
const architecture = architectureOf(world);
const { size: P } = layoutOf(architecture);
const { payload: m } = world.setup.world;
const adam = { beta1: 0.9, beta2: 0.98, clip: 1, weightDecay: 0.1 };
const [onnx, reference] = await Promise.all([loadEngine('onnx:cpu'), loadEngine('tfjs:cpu')]);
const programs = new Programs(onnx);
const fresh = (seed: number): Float32Array => initialParameters(layoutOf(architecture), stream(seed, 'init'));

/** What both engines give for one step from fresh parameters. */
async function bothEngines({ fn, signature }: Compilable, extra: Record<string, Float32Array | Int32Array>) {
  const feeds = {
    parameters: fresh(1),
    first: new Float32Array(P),
    second: new Float32Array(P),
    rate: Float32Array.of(1e-2),
    correction1: Float32Array.of(1 - adam.beta1),
    correction2: Float32Array.of(1 - adam.beta2),
    ...extra,
  };
  const [traced, eager] = [await onnx.compile(fn, signature), await reference.compile(fn, signature)];
  return [await traced.run(feeds), await eager.run(feeds)] as const;
}

/** |a - b| / |b| in the Euclidean norm. */
function relative(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const norm = (values: number[]): number => Math.hypot(...values);
  return norm(Array.from(a, (value, i) => value - (b[i] as number))) / norm(Array.from(b));
}

const rehearsal = scaled(rehearsalBatch(world, stream(2, 'rehearsal'), 4), 1);
const prompts = rolloutPrompts(world, stream(2, 'prompts'), 8);
const noise = Float32Array.from({ length: 8 * m }, (_, i) => (i * 0.37) % 1);
const steps: [string, Compilable, Record<string, Float32Array | Int32Array>][] = [
  [
    'language',
    languageStep(architecture, adam, { replicates: 1, batch: 4, length: architecture.context }),
    { tokens: rehearsal.tokens, weights: rehearsal.weights },
  ],
  [
    'policy with rehearsal',
    policyStep(
      architecture,
      adam,
      { temperature: 2, entropyBonus: 0.01 },
      {
        replicates: 1,
        rollouts: 8,
        prompt: m + 4,
        answer: m,
        rehearsal: { batch: 4, length: architecture.context },
      },
    ),
    {
      prompts: prompts.tokens,
      wanted: wantedAnswers(world, 1, prompts),
      noise,
      tokens: rehearsal.tokens,
      weights: rehearsal.weights,
    },
  ],
];

test.each(
  steps,
)('a %s step: onnx:cpu agrees with tfjs:cpu on gradient, parameters and loss', async (_, step, extra) => {
  const [a, b] = await bothEngines(step, extra);
  // After the first step Adam's first moment is (1 - beta1) times the clipped gradient.
  for (const name of ['first', 'second', 'loss', 'norm']) {
    expect(relative(a[name]!, b[name]!), name).toBeLessThan(1e-5);
  }
  // Adam divides by the gradient's own size: where a gradient is rounding noise, its sign is too.
  expect(relative(a['parameters']!, b['parameters']!)).toBeLessThan(1e-4);
});

test('the gradient agrees with central differences of the loss', async () => {
  const step = languageStep(
    architecture,
    { ...adam, clip: 1e9, weightDecay: 0 },
    { replicates: 1, batch: 4, length: 9 },
  );
  const program = await onnx.compile(step.fn, step.signature);
  const at = async (parameters: Float32Array) =>
    program.run({
      parameters,
      first: new Float32Array(P),
      second: new Float32Array(P),
      rate: Float32Array.of(0),
      correction1: Float32Array.of(1 - adam.beta1),
      correction2: Float32Array.of(1 - adam.beta2),
      tokens: rehearsal.tokens,
      weights: rehearsal.weights,
    });
  // Away from the start, where embeddings are so small that normalisation bends the loss within any usable step.
  const jitter = stream(4, 'origin');
  const origin = fresh(1).map((value) => value + 0.3 * jitter.normal());
  const gradient = Array.from((await at(origin))['first']!, (value) => value / (1 - adam.beta1));
  const rng = stream(4, 'directions');
  for (let trial = 0; trial < 8; trial++) {
    const direction = Array.from({ length: P }, () => rng.normal());
    const loss = async (h: number): Promise<number> =>
      (await at(origin.map((value, i) => value + h * (direction[i] as number))))['loss']![0] as number;
    const numeric = ((await loss(3e-4)) - (await loss(-3e-4))) / 6e-4;
    const analytic = gradient.reduce((sum, g, i) => sum + g * (direction[i] as number), 0);
    expect(Math.abs(numeric - analytic)).toBeLessThan(0.01 * Math.hypot(...gradient));
  }
});

test('a later token never changes an earlier prediction', async () => {
  const { tokens } = pretrainingBatch(world, stream(5, 'causal'), 2);
  const changed = tokens.slice();
  const L = architecture.context;
  for (const row of [0, 1]) changed[row * L + 5] = ((tokens[row * L + 5] as number) + 1) % architecture.vocabulary;
  const [a, b] = await Promise.all(
    [tokens, changed].map((each) =>
      nextTokenLogProbabilities(programs, architecture, fresh(1), { size: 2, tokens: each }),
    ),
  );
  const V = architecture.vocabulary;
  for (const row of [0, 1]) {
    const start = row * (L - 1) * V;
    expect(a!.slice(start, start + 5 * V)).toEqual(b!.slice(start, start + 5 * V));
    expect(a!.slice(start + 5 * V, start + 6 * V)).not.toEqual(b!.slice(start + 5 * V, start + 6 * V));
  }
});

test('greedy answers with the cache are the arg max of the full forward pass', async () => {
  const answers = await greedyAnswers(programs, architecture, fresh(1), prompts, m);
  const T = m + 4;
  const tokens = new Int32Array(8 * (T + m));
  for (let b = 0; b < 8; b++) {
    tokens.set(prompts.tokens.subarray(b * T, (b + 1) * T), b * (T + m));
    tokens.set(answers.subarray(b * m, (b + 1) * m), b * (T + m) + T);
  }
  const logp = await nextTokenLogProbabilities(programs, architecture, fresh(1), { size: 8, tokens });
  const V = architecture.vocabulary;
  const best = Int32Array.from({ length: 8 * m }, (_, i) => {
    const row = Math.floor(i / m) * (T + m - 1) + T - 1 + (i % m);
    const at = logp.subarray(row * V, (row + 1) * V);
    return at.indexOf(Math.max(...at));
  });
  expect(answers).toEqual(best);
});

test('slice r of a run over two replicates is the run of replicate r alone', async () => {
  const options = { ...adam, clip: 1 };
  const shape = { batch: 4, length: architecture.context };
  const stacked = (a: Float32Array, b: Float32Array): Float32Array => Float32Array.from([...a, ...b]);
  const batches = [1, 2].map((seed) => scaled(pretrainingBatch(world, stream(seed, 'batch'), 4), 1));
  const run = async (R: number, feeds: Record<string, Float32Array | Int32Array>) => {
    const { fn, signature } = languageStep(architecture, options, { replicates: R, ...shape });
    return (await onnx.compile(fn, signature)).run({
      first: new Float32Array(R * P),
      second: new Float32Array(R * P),
      rate: new Float32Array(R).fill(1e-2),
      correction1: Float32Array.of(1 - adam.beta1),
      correction2: Float32Array.of(1 - adam.beta2),
      ...feeds,
    });
  };
  const both = await run(2, {
    parameters: stacked(fresh(1), fresh(2)),
    tokens: Int32Array.from([...batches[0]!.tokens, ...batches[1]!.tokens]),
    weights: stacked(batches[0]!.weights, batches[1]!.weights),
  });
  for (const r of [0, 1]) {
    const { tokens, weights } = batches[r]!;
    const alone = await run(1, { parameters: fresh(r + 1), tokens, weights });
    expect(relative(both['first']!.subarray(r * P, (r + 1) * P), alone['first']!)).toBeLessThan(1e-5);
  }
});

test('a traced step leaves no tensor behind', async () => {
  const { fn, signature } = steps[0]![1];
  await onnx.compile(fn, signature);
  const before = tf.memory().numTensors;
  await onnx.compile(fn, signature);
  expect(tf.memory().numTensors).toBe(before);
});

test('warm-up is linear, then a cosine falls to zero', () => {
  expect([1, 5, 10, 55, 100].map((step) => schedule(step, 100, 10))).toEqual([0.1, 0.5, 1, expect.closeTo(0.5), 0]);
});

test('the same seed gives the same bits, another seed others', async () => {
  const [a, b, c] = [
    await pretrain(programs, world, 7),
    await pretrain(programs, world, 7),
    await pretrain(programs, world, 8),
  ];
  expect(a).toEqual(b);
  expect(a.parameters).not.toEqual(c.parameters);
  expect((a.losses.at(-1) as { loss: number }).loss).toBeLessThan(Math.log(architecture.vocabulary));
});

test.each([
  sdft(),
  sft({ skill: 1 }),
  rl({ skill: 0.5 }),
  sdft({ rehearsal: 1 }),
  rl({ skill: 0, rehearsal: 1 }),
])('zero learning rate changes nothing, and an arm that never reaches its level is censored: $method s=$skill', async (arm: Arm) => {
  const tuned = await tune(programs, world, fresh(1), arm, 3, { learningRate: 0 });
  expect(tuned.parameters).toEqual(fresh(1));
  expect(tuned).toMatchObject({ reached: false, steps: world.setup.tuning.steps });
});

test('demonstrations teach the skill; the run stops at the first look at or above the level', async () => {
  const { parameters } = await pretrain(programs, world, 7);
  const tuning = { ...world.setup.tuning, steps: 1500, learningRate: 5e-3 };
  const longer = { ...world, setup: { ...world.setup, tuning } };
  const tuned = await tune(programs, longer, parameters, sft({ skill: 1 }), 3);
  expect(tuned.reached).toBe(true);
  expect(tuned.trajectory.map(({ success }) => success >= tuning.level).indexOf(true)).toBe(
    tuned.trajectory.length - 1,
  );
});

test('an arm outside its ranges is refused', () => {
  expect(() => rl({ skill: 1.2 })).toThrow(InputError);
  expect(() => sdft({ rehearsal: -1 })).toThrow(InputError);
  expect(() => sft({ skill: Number.NaN })).toThrow(/skill/);
});

test('agreement is a share of positions', () => {
  expect(agreement(Int32Array.of(1, 2, 3, 4), Int32Array.of(1, 2, 0, 0))).toBe(0.5);
  expect(() => agreement(Int32Array.of(1), Int32Array.of(1, 2))).toThrow(/cannot compare/);
});
