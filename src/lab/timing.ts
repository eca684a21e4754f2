import { stream } from '../core/rng.ts';
import type { Engine } from '../engine/engine.ts';
import { Programs } from '../engine/programs.ts';
import { architectureOf, initialParameters, layoutOf } from '../model/parameters.ts';
import { scaled } from '../train/batch.ts';
import { Learner } from '../train/learner.ts';
import { languageSteps } from '../train/steps.ts';
import type { World } from '../world/world.ts';

/**
 * Median milliseconds of one pretraining step of a world's model on an engine, batch and all, with `replicates` networks in
 * one program, after two steps to warm up: of `most` steps, or of as many as `atMostMs` allows, at least one.
 */
export async function millisecondsPerStep(
  engine: Engine,
  world: World,
  {
    replicates = 1,
    most,
    atMostMs,
  }: { readonly replicates?: number; readonly most: number; readonly atMostMs: number },
): Promise<number> {
  const { batch, beta1, beta2, clip, weightDecay, learningRate } = world.setup.pretraining;
  const architecture = architectureOf(world);
  const programs = new Programs(engine);
  const fresh = initialParameters(layoutOf(architecture), stream(0, 'init'));
  const learner = new Learner(new Array<Float32Array>(replicates).fill(fresh), [beta1, beta2]);
  const stepOn = languageSteps(programs, architecture, { beta1, beta2, clip, weightDecay });
  const rates = new Array<number>(replicates).fill(learningRate);
  const draws = stream(0, 'batch', 'timing');
  const step = async (): Promise<number> => {
    const start = performance.now();
    const batches = rates.map(() => scaled(world.batch('pretraining', 0, draws, batch), 1));
    const { program, feeds } = await stepOn(batches);
    await learner.step(program, rates, feeds);
    return performance.now() - start;
  };
  try {
    for (let warm = 0; warm < 2; warm++) await step();
    const times: number[] = [];
    const start = performance.now();
    do times.push(await step());
    while (times.length < most && performance.now() - start < atMostMs);
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] as number;
  } finally {
    learner.dispose();
    await programs.dispose();
  }
}
