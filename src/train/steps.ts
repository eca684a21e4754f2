import { canonical } from '../core/canonical.ts';
import { InvariantError } from '../core/errors.ts';
import type { Values } from '../engine/engine.ts';
import type { Programs } from '../engine/programs.ts';
import type { Architecture } from '../model/parameters.ts';
import type { TuningSetup } from '../world/knobs.ts';
import type { Batch } from '../world/world.ts';
import type { AdamOptions } from './adam.ts';
import type { Arm } from './arm.ts';
import { examplesOf, placesFor } from './batch.ts';
import type { Draw, Step, StepOn, StepsFor } from './method.ts';
import { type ExamplesShape, languageStep, type Objective, trainingStep } from './step.ts';

/** The kind of graph of this name for an arm, with the options that it depends on. */
export function graphKind(name: string, { rehearsal }: Arm, options: object = {}): string {
  const chosen = canonical(options);
  return `${name}${rehearsal > 0 ? ' with rehearsal' : ''}${chosen === '{}' ? '' : ` ${chosen}`}`;
}

/** Supervised steps: from one batch a replicate, all of one size, to the program and its feeds. */
export function languageSteps(
  programs: Programs,
  architecture: Architecture,
  options: AdamOptions,
): (batches: readonly Batch[]) => Promise<Step> {
  const key = canonical(['language', architecture, options]);
  return async (batches) => {
    const shape = { replicates: batches.length, ...shapeOf(architecture, batches) };
    const program = await programs.get(keyed(key, shape), () => languageStep(architecture, options, shape));
    return { program, feeds: examplesOf(batches) };
  };
}

/** Steps of tuning on the sequences of `supervisedDraws`. */
export function supervisedSteps({ programs, architecture, world }: StepsFor): StepOn {
  const stepOn = languageSteps(programs, architecture, adamOf(world.setup.tuning));
  return (draws) => stepOn(draws.flatMap(({ batch }) => batch ?? []));
}

/** An objective of tuning that is fed by draws, and all that its graph depends on. */
export interface FedObjective {
  /** With `of` the key of its programs, beside the setup's sizes: equal keys must mean equal graphs. */
  readonly name: string;
  readonly of: readonly unknown[];
  /** Whether it takes what the runs start from, as the input base [R, P]. */
  readonly base: boolean;
  /** The objective of so many replicates. */
  for(replicates: number): Objective;
}

/** Steps of tuning that lower an objective on draws that feed it, each with a batch of rehearsal or each without. */
export function objectiveSteps({ programs, architecture, world, bases }: StepsFor, objective: FedObjective): StepOn {
  const { tuning } = world.setup;
  const options = adamOf(tuning);
  const base = objective.base ? Float32Array.from(bases.flatMap((each) => [...each])) : undefined;
  const key = canonical([objective.name, architecture, options, tuning.rollouts, world.lengths, ...objective.of]);
  return async (draws) => {
    const batches = draws.flatMap(({ batch }) => batch ?? []);
    const rehearsal = batches.length > 0 ? shapeOf(architecture, batches) : undefined;
    const program = await programs.get(keyed(key, { replicates: draws.length, ...rehearsal }), () =>
      trainingStep(architecture, options, draws.length, objective.for(draws.length), rehearsal),
    );
    return { program, feeds: { ...together(draws), ...(base && { base }), ...(rehearsal && examplesOf(batches)) } };
  };
}

/** The feeds of each replicate, by name, one below the other. */
function together(draws: readonly Draw[]): Readonly<Record<string, Values>> {
  const [first] = draws;
  const of = (name: string): Values => {
    const parts = draws.map(({ feeds }) => feeds?.[name]);
    if (parts.every((part) => part instanceof Int32Array)) return Int32Array.from(parts.flatMap((part) => [...part]));
    if (parts.every((part) => part instanceof Float32Array))
      return Float32Array.from(parts.flatMap((part) => [...part]));
    throw new InvariantError(`the replicates of one program need feeds '${name}' of one type each`);
  };
  return Object.fromEntries(Object.keys(first?.feeds ?? {}).map((name) => [name, of(name)]));
}

/** How tuning updates: Adam without weight decay. */
const adamOf = ({ beta1, beta2, clip }: TuningSetup): AdamOptions => ({ beta1, beta2, clip, weightDecay: 0 });

const keyed = (key: string, shape: Readonly<Record<string, number>>): string =>
  `${key} ${Object.values(shape).join(' ')}`;

function shapeOf({ context }: Architecture, batches: readonly Batch[]): ExamplesShape {
  const [{ size }] = batches as readonly [Batch];
  return { batch: size, length: context, places: placesFor(batches) };
}
