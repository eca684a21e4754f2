/**
 * How fast the engines train: a step by replicates in one program (R), by width and by processes, the share of its matrix
 * products, reinforcement learning with its rollouts, and what a study costs as it grows. Prints tables and writes them as
 * JSON to bench/latest-<engine>.json. Usage: tsx bench/run.ts [engine, by default onnx:cpu and tfjs:wasm] [most R, 64]
 * Absolute times belong to the machine; compare ratios within one run. `--against PATH` does nothing but time a step here and in
 * another checkout by turns, and print their ratio.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { stream } from '../src/core/rng.ts';
import { writeWhole } from '../src/core/whole-file.ts';
import type { Engine } from '../src/engine/engine.ts';
import { engines } from '../src/engine/engines/index.ts';
import { engineNamed } from '../src/engine/named.ts';
import { Programs } from '../src/engine/programs.ts';
import { loadEngine } from '../src/engine/select.ts';
import { BUILT_IN } from '../src/lab/built-in.ts';
import { loadSetup } from '../src/lab/setup.ts';
import { observeStudy } from '../src/lab/study.ts';
import { millisecondsPerStep } from '../src/lab/timing.ts';
import { architectureOf, initialParameters, layoutOf } from '../src/model/parameters.ts';
import { rl, sdft } from '../src/train/arms.ts';
import { examplesOf, placesFor, scaled } from '../src/train/batch.ts';
import { method } from '../src/train/methods/rl.ts';
import { languageStep } from '../src/train/step.ts';
import { tune } from '../src/train/tune.ts';
import { pretrainingBatch } from '../src/world/characters/batches.ts';
import { characters } from '../src/world/characters/index.ts';
import { drawWorld } from '../src/world/characters/world.ts';
import type { CharacterKnobs, Setup } from '../src/world/knobs.ts';
import { texts } from '../src/world/texts/index.ts';
import { drawWorld as drawTexts } from '../src/world/texts/world.ts';
import { compareWith, stepIn } from './against.ts';
import { profile } from './profile.ts';

const { positionals, values: asked } = parseArgs({ options: { against: { type: 'string' } }, allowPositionals: true });
const [engineText, mostText, role] = positionals;
const CHECKOUT = fileURLToPath(new URL('..', import.meta.url));
const recipe = loadSetup('fixtures/setups/recipe.json', [characters]);
const BUDGET = { most: 300, atMostMs: 3_000 };
const RL_STEPS = 60;
/** Setups of real text. */
const TEXTS = [
  ['fixtures/setups/texts.json', 'texts, width 64, 64 positions'],
  ['fixtures/setups/texts-large.json', 'texts, width 128, 128 positions'],
] as const;

if (role === 'worker') {
  const engine = await loadEngine(engineNamed(engines, engineText));
  process.send?.(await millisecondsPerStep(engine, drawWorld(recipe, 0), { most: 1_000, atMostMs: 5_000 }));
  process.exit(0);
}

interface Row {
  readonly what: string;
  readonly ms: number;
}
const rows: Row[] = [];
function row(what: string, ms: number, unit = 'ms a step of a replicate', perSecond = true): void {
  rows.push({ what, ms });
  console.log(
    `${what.padEnd(44)} ${ms.toFixed(2).padStart(8)} ${unit}${perSecond ? `, ${Math.round(1000 / ms)} a second` : ''}`,
  );
}
const widthOf = (width: number): Setup<CharacterKnobs> => ({ ...recipe, model: { ...recipe.model, width } });

/** Milliseconds of one RL step with its draws, rollouts and the look at success after it. */
async function reinforcement(engine: Engine, replicates: number): Promise<number> {
  const setup = { ...recipe, tuning: { ...recipe.tuning, rlSteps: RL_STEPS, level: 1 } };
  const world = drawWorld(setup, 0);
  const base = initialParameters(layoutOf(architectureOf(world)), stream(0, 'init'));
  const programs = new Programs(engine);
  const marks: number[] = [];
  const runs = Array.from({ length: replicates }, (_, seed) => ({ world, base, method, arm: rl({ skill: 1 }), seed }));
  await tune(programs, runs, { onStep: () => marks.push(performance.now()) });
  await programs.dispose();
  const [first, last] = [marks[2] as number, marks.at(-1) as number];
  return (last - first) / (marks.length - 3);
}

async function sideBySide(id: string, processes: number): Promise<number> {
  const each = Array.from({ length: processes }, () => stepIn(CHECKOUT, id));
  return 1 / (await Promise.all(each)).reduce((sum, ms) => sum + 1 / ms, 0);
}

/** Milliseconds of a study: bases of few steps and their SDFT arm, measured and all. */
async function study(engine: string, replicates: number, characters: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'spillover-bench-'));
  const setup = {
    ...recipe,
    world: { ...recipe.world, characters },
    pretraining: { ...recipe.pretraining, steps: 200 },
    tuning: { ...recipe.tuning, steps: 20 },
  };
  try {
    const seeds = Array.from({ length: replicates }, (_, seed) => seed);
    const start = performance.now();
    await observeStudy({ catalog: BUILT_IN, setup, engine, seeds, arms: [sdft()] }, folder, { write: () => undefined });
    return performance.now() - start;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function products(): Promise<void> {
  const world = drawWorld(recipe, 0);
  const { batch, beta1, beta2, clip, weightDecay, learningRate } = recipe.pretraining;
  const architecture = architectureOf(world);
  const layout = layoutOf(architecture);
  const batches = [scaled(pretrainingBatch(world, stream(0, 'batch', 'profile'), batch), 1)];
  const shape = { replicates: 1, batch, length: architecture.context, places: placesFor(batches) };
  const step = languageStep(architecture, { beta1, beta2, clip, weightDecay }, shape);
  const feeds = {
    parameters: initialParameters(layout, stream(0, 'init')),
    first: new Float32Array(layout.size),
    second: new Float32Array(layout.size),
    rate: Float32Array.of(learningRate),
    correction1: Float32Array.of(1 - beta1),
    correction2: Float32Array.of(1 - beta2),
    ...examplesOf(batches),
  };
  const { nodes, products: count, ms, productsMs, shares } = await profile(step, feeds, 300);
  console.log(`${layout.size} parameters, batch ${batch}: ${nodes} nodes, ${count} of them matrix products`);
  row('the traced step alone', ms);
  row('its matrix products alone', productsMs);
  console.log(`step / products: ${(ms / productsMs).toFixed(2)}`);
  const percent = shares.slice(0, 8).map(([op, share]) => `${op} ${(100 * share).toFixed(0)} %`);
  console.log(`time of the nodes: ${percent.join(', ')}`);
}

async function bench(id: string, most: number): Promise<void> {
  rows.length = 0;
  const engine = await loadEngine(engineNamed(engines, id));
  console.log(`\n${id}: ${engine.device}`);
  for (const width of [64, 16, 32, 128])
    row(`width ${width}, R = 1`, await millisecondsPerStep(engine, drawWorld(widthOf(width), 0), BUDGET));
  for (const [file, what] of TEXTS)
    row(`${what}, R = 1`, await millisecondsPerStep(engine, drawTexts(loadSetup(file, [texts]), 0), BUDGET));
  for (let R = 2; R <= most; R *= 2)
    row(
      `width 64, R = ${R}`,
      (await millisecondsPerStep(engine, drawWorld(recipe, 0), { ...BUDGET, replicates: R })) / R,
    );
  row('RL, rollouts and look at success, R = 1', await reinforcement(engine, 1));
  if (most >= 8) row('RL, R = 8', (await reinforcement(engine, 8)) / 8);
  for (const processes of [1, 2]) row(`${processes} beside each other`, await sideBySide(id, processes));
  if (id === 'onnx:cpu') {
    await products();
    for (const replicates of [2, 4, 8])
      row(`a short study, ${replicates} replicates`, await study(id, replicates, 64), 'ms in all', false);
    for (const characters of [16, 32])
      row(`a short study, 4 replicates, ${characters} characters`, await study(id, 4, characters), 'ms in all', false);
  }
  const machine = { processor: cpus()[0]?.model, cores: cpus().length, device: engine.device };
  const content = { machine, node: process.versions.node, threadsAProcess: 1, rows };
  writeWhole(`bench/latest-${id.replace(':', '-')}.json`, `${JSON.stringify(content, null, 2)}\n`);
}

const most = Number(mostText ?? 64);
console.log(`${cpus()[0]?.model}, ${cpus().length} cores, node ${process.versions.node}, one thread a process`);
console.log('every step with the batch that is drawn for it; medians, of RL the mean');
if (asked.against !== undefined) {
  await compareWith(asked.against, CHECKOUT, engineText ?? 'onnx:cpu');
} else if (engineText === undefined) {
  await bench('onnx:cpu', most);
  await bench('tfjs:wasm', 1);
} else {
  await bench(engineText, most);
}
