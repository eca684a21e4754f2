import type { Json } from '../core/canonical.ts';
import type { Programs } from '../engine/programs.ts';
import { curveOf, watcher } from '../measure/curve.ts';
import type { RecordContent } from '../store/store.ts';
import type { OnStep } from '../train/pretrain.ts';
import { type Run, tune } from '../train/tune.ts';
import type { WorldSource } from './make-base.ts';

/** The root of the code that makes an arm of a base, beside its method. */
export const MAKE_ARM: string = import.meta.url;

/** A run to train in the world of its seed, and the digest of the record of the base that it is forked from. */
export interface ArmToMake extends Omit<Run, 'world'> {
  readonly forkedFrom: string;
}

/** Trains arms of one kind of graph, in one program; each as the record that it is kept as. */
export async function makeArms(
  programs: Programs,
  { kind, setup }: WorldSource,
  arms: readonly ArmToMake[],
  device: string,
  onStep: OnStep,
): Promise<RecordContent[]> {
  const runs = arms.map(({ forkedFrom: _, ...run }) => ({
    ...run,
    world: kind.draw(setup, run.seed, run.arm.target ?? 0),
  }));
  const tuned = await tune(programs, runs, { onStep, watch: watcher(programs, runs) });
  return tuned.map(({ parameters, trajectory, reached, steps, looks }, i) => ({
    data: {
      trajectory: trajectory.map((look) => ({ ...look })),
      reached,
      steps,
      base: (arms[i] as ArmToMake).forkedFrom,
      device,
      curve: curveOf(looks) as Json,
    },
    tensors: { parameters: { shape: [parameters.length], values: parameters } },
  }));
}
