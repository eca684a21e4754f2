import { canonical } from '../core/canonical.ts';
import { stream } from '../core/rng.ts';
import type { Programs } from '../engine/programs.ts';
import { architectureOf, initialParameters, layoutOf } from '../model/parameters.ts';
import { pretrainingBatch } from '../world/batches.ts';
import type { World } from '../world/characters.ts';
import { scaled } from './batch.ts';
import { Learner, scalarOf } from './learner.ts';
import { languageStep } from './step.ts';

export interface Pretrained {
  /** The base [P]. */
  readonly parameters: Float32Array;
  /** Training loss in nats of every hundredth step and of the last one. */
  readonly losses: readonly { readonly step: number; readonly loss: number }[];
}

/** Where a run tells how far it is: steps done of at most so many. */
export type OnStep = (done: number, atMost: number) => void;

const LOSS_EVERY = 100;

/** Linear warm-up over `warmup` steps, then a cosine down to zero at `steps`; a factor in [0, 1] for 1-based `step`. */
export function schedule(step: number, steps: number, warmup: number): number {
  if (step <= warmup) return step / warmup;
  return 0.5 * (1 + Math.cos((Math.PI * (step - warmup)) / (steps - warmup)));
}

/** Trains the base of a replicate from fresh parameters on the mixture of documents, dialogues and text varieties. */
export async function pretrain(
  programs: Programs,
  world: World,
  seed: number,
  onStep: OnStep = () => {},
): Promise<Pretrained> {
  const { pretraining } = world.setup;
  const { steps, batch, beta1, beta2, clip, weightDecay, learningRate, warmupShare } = pretraining;
  const architecture = architectureOf(world);
  const shape = { replicates: 1, batch, length: architecture.context };
  const options = { beta1, beta2, clip, weightDecay };
  const program = await programs.get(canonical(['language', architecture, options, shape]), () =>
    languageStep(architecture, options, shape),
  );
  const learner = new Learner(initialParameters(layoutOf(architecture), stream(seed, 'init')), [beta1, beta2]);
  const batches = stream(seed, 'batch', 'pretraining');
  const losses: { step: number; loss: number }[] = [];
  for (let step = 1; step <= steps; step++) {
    const { tokens, weights } = scaled(pretrainingBatch(world, batches, batch), 1);
    const rate = learningRate * schedule(step, steps, Math.ceil(steps * warmupShare));
    const outputs = await learner.step(program, rate, { tokens, weights });
    if (step % LOSS_EVERY === 0 || step === steps) losses.push({ step, loss: scalarOf(outputs, 'loss') });
    onStep(step, steps);
  }
  return { parameters: learner.parameters, losses };
}
