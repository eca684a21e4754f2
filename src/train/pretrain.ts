import { canonical } from '../core/canonical.ts';
import { InvariantError } from '../core/errors.ts';
import { type Rng, stream } from '../core/rng.ts';
import { floats } from '../engine/engine.ts';
import type { Programs } from '../engine/programs.ts';
import { type Architecture, architectureOf, initialParameters, layoutOf } from '../model/parameters.ts';
import type { World } from '../world/world.ts';
import { scaled } from './batch.ts';
import { Learner } from './learner.ts';
import { languageSteps } from './steps.ts';

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

/** A replicate whose base shall be trained. */
export interface Fresh {
  readonly world: World;
  readonly seed: number;
}

/**
 * Trains the bases of some replicates of one setup, all in one program, from fresh parameters on the world's mixture for
 * pretraining; in their order. What a replicate draws is its own, whichever others train beside it.
 */
export async function pretrain(
  programs: Programs,
  replicates: readonly Fresh[],
  onStep: OnStep = () => {},
): Promise<Pretrained[]> {
  const architecture = sharedArchitecture(replicates.map(({ world }) => world));
  const [{ world: first }] = replicates as readonly [Fresh];
  const { steps, batch, beta1, beta2, clip, weightDecay, learningRate, warmupShare } = first.setup.pretraining;
  const stepOn = languageSteps(programs, architecture, { beta1, beta2, clip, weightDecay });
  const layout = layoutOf(architecture);
  const learner = new Learner(
    replicates.map(({ seed }) => initialParameters(layout, stream(seed, 'init'))),
    [beta1, beta2],
  );
  const streams = replicates.map(({ seed }) => stream(seed, 'batch', 'pretraining'));
  const losses: { step: number; loss: number }[][] = replicates.map(() => []);
  try {
    for (let step = 1; step <= steps; step++) {
      const batches = replicates.map(({ world }, r) =>
        scaled(world.batch('pretraining', 0, streams[r] as Rng, batch), 1),
      );
      const rate = learningRate * schedule(step, steps, Math.ceil(steps * warmupShare));
      const { program, feeds } = await stepOn(batches);
      const rates = replicates.map(() => rate);
      const loss = floats(await learner.step(program, rates, feeds), 'loss');
      if (step % LOSS_EVERY === 0 || step === steps)
        losses.forEach((each, r) => {
          each.push({ step, loss: loss[r] as number });
        });
      onStep(step, steps);
    }
    const networks = await learner.networks();
    return networks.map((parameters, r) => ({ parameters, losses: losses[r] as (typeof losses)[number] }));
  } finally {
    learner.dispose();
  }
}

/** The sizes that these worlds' networks share. Throws `InvariantError` unless all have one setup, as many tokens and equal lengths. */
export function sharedArchitecture(worlds: readonly World[]): Architecture {
  const [first] = worlds;
  if (first === undefined) throw new InvariantError('no replicate to train');
  const of = (world: World): string => canonical([world.setup, architectureOf(world), world.lengths]);
  if (worlds.some((world) => of(world) !== of(first)))
    throw new InvariantError('replicates of different setups cannot train in one program');
  return architectureOf(first);
}
