import { stream } from '../core/rng.ts';
import type { Engine } from '../engine/engine.ts';
import { Programs } from '../engine/programs.ts';
import { architectureOf, initialParameters, layoutOf } from '../model/parameters.ts';
import { scaled } from '../train/batch.ts';
import { Learner } from '../train/learner.ts';
import { languageStep } from '../train/step.ts';
import { pretrainingBatch } from '../world/batches.ts';
import { drawWorld } from '../world/characters.ts';
import type { Setup } from '../world/knobs.ts';

/**
 * Median milliseconds of one pretraining step of a setup's model on an engine, batch and all, after one step to warm up:
 * of `most` steps, or of as many as `atMostMs` allows, at least one.
 */
export async function millisecondsPerStep(
  engine: Engine,
  setup: Setup,
  most: number,
  atMostMs: number,
): Promise<number> {
  const world = drawWorld(setup, 0);
  const { batch, beta1, beta2, clip, weightDecay, learningRate } = setup.pretraining;
  const architecture = architectureOf(world);
  const shape = { replicates: 1, batch, length: architecture.context };
  const options = { beta1, beta2, clip, weightDecay };
  const program = await new Programs(engine).get('step', () => languageStep(architecture, options, shape));
  const learner = new Learner(initialParameters(layoutOf(architecture), stream(0, 'init')), [beta1, beta2]);
  const batches = stream(0, 'batch', 'timing');
  const step = async (): Promise<number> => {
    const { tokens, weights } = scaled(pretrainingBatch(world, batches, batch), 1);
    const start = performance.now();
    await learner.step(program, learningRate, { tokens, weights });
    return performance.now() - start;
  };
  await step();
  const times: number[] = [];
  const start = performance.now();
  do times.push(await step());
  while (times.length < most && performance.now() - start < atMostMs);
  await program.dispose();
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] as number;
}
