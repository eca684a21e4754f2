import { expect, test } from 'vitest';
import { stream } from '../core/rng.ts';
import { onnxCpu } from '../engine/engines/onnx-cpu.ts';
import { tfjsCpu } from '../engine/engines/tfjs-cpu.ts';
import { Programs } from '../engine/programs.ts';
import { loadEngine } from '../engine/select.ts';
import { relative } from '../engine/usable.test.helper.ts';
import { nextTokenLogProbabilities } from '../model/inference.ts';
import { type Architecture, initialParameters, layoutOf } from '../model/parameters.ts';
import type { Batch } from '../world/world.ts';
import { lossGradient } from './gradient.ts';

const architecture: Architecture = { vocabulary: 6, context: 5, width: 4, layers: 2, heads: 2, feedForward: 2 };
const layout = layoutOf(architecture);
const parameters = initialParameters(layout, stream(1, 'gradient')).map((x) => 3 * x);
const batch: Batch = {
  size: 2,
  tokens: Int32Array.from([0, 1, 2, 3, 4, 5, 4, 3, 2, 1]),
  weights: Float32Array.from([0, 0, 1, 1, 0.5, 0, 0, 1]),
};

test('it is the slope of the mean loss along any direction, on two engines alike', async () => {
  const engines = await Promise.all([onnxCpu, tfjsCpu].map(loadEngine));
  const programs = engines.map((engine) => new Programs(engine));
  const [onnx, tfjs] = await Promise.all(programs.map((each) => lossGradient(each, architecture, parameters, batch)));
  expect(relative(onnx as Float32Array, tfjs as Float32Array)).toBeLessThan(1e-5);

  const lossAt = async (at: Float32Array): Promise<number> => {
    const logp = await nextTokenLogProbabilities(programs[0] as Programs, architecture, at, batch, 4);
    const losses = [...batch.weights].map(
      (weight, i) => -weight * (logp[i * 6 + (batch.tokens[Math.floor(i / 4) * 5 + (i % 4) + 1] as number)] as number),
    );
    return losses.reduce((sum, x) => sum + x, 0) / batch.weights.reduce((sum, x) => sum + x, 0);
  };
  const rng = stream(2, 'direction');
  for (let tried = 0; tried < 5; tried++) {
    const direction = parameters.map(() => rng.normal());
    const moved = (by: number): Float32Array => parameters.map((x, i) => x + by * (direction[i] as number));
    const slope = ((await lossAt(moved(1e-4))) - (await lossAt(moved(-1e-4)))) / 2e-4;
    const expected = direction.reduce((sum, x, i) => sum + x * ((onnx as Float32Array)[i] as number), 0);
    expect(Math.abs(slope - expected)).toBeLessThan(0.01 * (1 + Math.abs(expected)));
  }
});
