/**
 * Times a training step of a setup's model beside the same step in compiled PyTorch, by turns in one run, one thread each:
 * `npx tsx bench/pytorch.ts SETUP PYTHON`, such as `fixtures/setups/texts.json /path/to/python`. PYTHON has PyTorch and
 * safetensors, which this project does not depend on. First both train from the same parameters on the same batch, and their
 * losses must agree. Of PyTorch the fastest of four variants counts, each turn anew, on that one batch; our steps draw and pack a
 * batch each.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { InputError, InvariantError } from '../src/core/errors.ts';
import { stream } from '../src/core/rng.ts';
import { encodeTensors, type Tensor } from '../src/core/safetensors.ts';
import { writeWhole } from '../src/core/whole-file.ts';
import { floats } from '../src/engine/engine.ts';
import { engines } from '../src/engine/engines/index.ts';
import { engineNamed } from '../src/engine/named.ts';
import { Programs } from '../src/engine/programs.ts';
import { loadEngine } from '../src/engine/select.ts';
import { BUILT_IN } from '../src/lab/built-in.ts';
import { kindOf } from '../src/lab/catalog.ts';
import { loadSetup } from '../src/lab/setup.ts';
import { millisecondsPerStep } from '../src/lab/timing.ts';
import { architectureOf, initialParameters, layoutOf } from '../src/model/parameters.ts';
import { examplesOf, scaled } from '../src/train/batch.ts';
import { Learner } from '../src/train/learner.ts';
import { languageSteps } from '../src/train/steps.ts';

const TURNS = 8;
const STEPS = 60;

const [file, python] = process.argv.slice(2);
if (file === undefined || python === undefined) {
  throw new InputError('nothing to time', {
    expected: 'a setup and a python that has PyTorch',
    got: process.argv.slice(2).join(' ') || 'nothing',
    todo: 'npx tsx bench/pytorch.ts fixtures/setups/texts.json /path/to/python',
  });
}
const setup = loadSetup(file, BUILT_IN.worlds);
const world = kindOf(BUILT_IN, setup).draw(setup, 0);
const architecture = architectureOf(world);
const layout = layoutOf(architecture);
const { batch: size, beta1, beta2, clip, weightDecay, learningRate } = setup.pretraining;
const batch = scaled(world.batch('pretraining', 0, stream(0, 'batch', 'timing'), size), 1);
const fresh = initialParameters(layout, stream(0, 'init'));
const engine = await loadEngine(engineNamed(engines, 'onnx:cpu'));

/** Losses of the first steps on that one batch. */
async function ownLosses(count: number): Promise<number[]> {
  const programs = new Programs(engine);
  const learner = new Learner([fresh], [beta1, beta2]);
  const stepOn = languageSteps(programs, architecture, { beta1, beta2, clip, weightDecay });
  const losses: number[] = [];
  for (let step = 0; step < count; step++) {
    const { program, feeds } = await stepOn([batch]);
    losses.push(floats(await learner.step(program, [learningRate], feeds), 'loss')[0] as number);
  }
  learner.dispose();
  await programs.dispose();
  return losses;
}

/** The batch and the parameters as PyTorch takes them: row b T + t of [B, T] where ours is t B + b. */
function tensors(): Record<string, Tensor> {
  const { tokens, rows, targets, weights } = examplesOf([batch]) as Record<string, Int32Array | Float32Array>;
  if (!tokens || !rows || !targets || !weights) throw new InvariantError('a batch without its parts');
  const length = tokens.length / size;
  const used = weights.filter((weight) => weight > 0).length;
  const inTheirOrder = Int32Array.from(rows.subarray(0, used), (row) => (row % size) * length + Math.floor(row / size));
  const parameters = layout.slots.map(({ name, shape, offset }): [string, Tensor] => [
    `p.${name}`,
    { shape, values: fresh.slice(offset, offset + shape[0] * shape[1]) },
  ]);
  return {
    ...Object.fromEntries(parameters),
    tokens: { shape: [size, length], values: tokens },
    rows: { shape: [used], values: inTheirOrder },
    targets: { shape: [used], values: targets.slice(0, used) },
    weights: { shape: [used], values: weights.slice(0, used) },
  };
}

const folder = mkdtempSync(join(tmpdir(), 'spillover-pytorch-'));
try {
  const path = join(folder, 'batch.safetensors');
  writeWhole(path, encodeTensors({ metadata: {}, tensors: tensors() }));
  const sizes = { ...architecture, names: layout.slots.map(({ name }) => name) };
  writeWhole(`${path}.json`, JSON.stringify({ ...sizes, ...{ rate: learningRate, beta1, beta2, clip, weightDecay } }));
  const child = spawn(python, [fileURLToPath(new URL('pytorch.py', import.meta.url)), path], {
    env: { ...process.env, OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<Record<string, never>> => {
    const { value, done } = await Promise.race([lines.next(), failed]);
    if (done === true) throw new InvariantError('PyTorch ended before it had a figure; what it said stands above');
    return JSON.parse(value) as Record<string, never>;
  };
  const { torch, losses } = (await answer()) as unknown as { torch: string; losses: Record<string, number[]> };
  const own = await ownLosses(5);
  console.log(`${file}: ${layout.size} parameters, batch ${size}, ${architecture.context} positions; torch ${torch}`);
  console.log(`losses here ${own.map((loss) => loss.toFixed(4)).join(' ')}`);
  for (const [name, theirs] of Object.entries(losses)) {
    const apart = Math.max(...own.map((loss, i) => Math.abs(loss - (theirs[i] as number))));
    console.log(`losses of '${name}' are ${apart.toExponential(1)} apart`);
    if (apart > 1e-3) throw new InvariantError(`'${name}' trains otherwise than we do: ${theirs.join(' ')}`);
  }
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    ours.push(await millisecondsPerStep(engine, world, { most: STEPS, atMostMs: 60_000 }));
    child.stdin.write(`${STEPS}\n`);
    const variants = Object.entries(await answer()) as unknown as [string, number][];
    theirs.push(Math.min(...variants.map(([, ms]) => ms)));
    const each = variants.map(([name, ms]) => `${name} ${ms.toFixed(2)}`).join(', ');
    console.log(`here ${(ours.at(-1) as number).toFixed(2)} ms; PyTorch: ${each}`);
  }
  child.stdin.end();
  const ratios = ours.map((ms, turn) => ms / (theirs[turn] as number)).sort((a, b) => a - b);
  const median = ((ratios[TURNS / 2 - 1] as number) + (ratios[TURNS / 2] as number)) / 2;
  const [low, high] = [ratios[0], ratios.at(-1)].map((ratio) => (ratio as number).toFixed(2));
  console.log(`here / the fastest of PyTorch: median ${median.toFixed(2)}, from ${low} to ${high} in ${TURNS} turns`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
