/**
 * Milliseconds per training step of the recipe's model on each engine, in one run, and what the traced graph consists of.
 * Absolute times belong to this machine; compare the ratios.
 */
import { stream } from '../src/core/rng.ts';
import { census, timeShares } from '../src/engine/onnx.ts';
import { loadEngine } from '../src/engine/select.ts';
import { millisecondsPerStep } from '../src/lab/timing.ts';
import { architectureOf, initialParameters, layoutOf } from '../src/model/parameters.ts';
import { scaled } from '../src/train/batch.ts';
import { languageStep } from '../src/train/step.ts';
import { pretrainingBatch } from '../src/world/batches.ts';
import { drawWorld } from '../src/world/characters.ts';
import { loadSetup } from '../src/world/setup.ts';

const world = drawWorld(loadSetup('fixtures/setups/recipe.json'), 0);
const { batch, beta1, beta2, clip, weightDecay, learningRate } = world.setup.pretraining;
const architecture = architectureOf(world);
const layout = layoutOf(architecture);
const step = languageStep(
  architecture,
  { beta1, beta2, clip, weightDecay },
  { replicates: 1, batch, length: architecture.context },
);

const nodes = [...(await census(step.fn, step.signature)).values()].reduce((sum, count) => sum + count, 0);
const { tokens, weights } = scaled(pretrainingBatch(world, stream(0, 'batch', 'profile'), batch), 1);
const shares = await timeShares(
  step.fn,
  step.signature,
  {
    parameters: initialParameters(layout, stream(0, 'init')),
    first: new Float32Array(layout.size),
    second: new Float32Array(layout.size),
    rate: Float32Array.of(learningRate),
    correction1: Float32Array.of(1 - beta1),
    correction2: Float32Array.of(1 - beta2),
    tokens,
    weights,
  },
  100,
);
const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
const products = ['MatMul', 'FusedMatMul', 'Gemm'].reduce((sum, op) => sum + (shares.get(op) ?? 0), 0);
const others = [...shares].filter(([op]) => !op.includes('MatMul')).sort(([, a], [, b]) => b - a);
console.log(`${layout.size} parameters, batch ${batch}; traced step: ${nodes} nodes`);
console.log(
  `time in matrix products ${percent(products)}; then ${others
    .slice(0, 6)
    .map(([op, share]) => `${op} ${percent(share)}`)
    .join(', ')}`,
);

const onnx = await millisecondsPerStep(await loadEngine('onnx:cpu'), world.setup, 300, 10_000);
const wasm = await millisecondsPerStep(await loadEngine('tfjs:wasm'), world.setup, 9, 10_000);
console.log(`onnx:cpu   ${onnx.toFixed(2)} ms a step, 1 thread`);
console.log(`tfjs:wasm  ${wasm.toFixed(1)} ms a step, 1 thread: ${(wasm / onnx).toFixed(1)} times onnx:cpu`);
