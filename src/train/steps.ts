import { canonical } from '../core/canonical.ts';
import { InvariantError } from '../core/errors.ts';
import type { Feeds, Values } from '../engine/engine.ts';
import type { Programs } from '../engine/programs.ts';
import { type Architecture, layoutOf } from '../model/parameters.ts';
import type { TuningSetup } from '../world/knobs.ts';
import type { Batch } from '../world/world.ts';
import type { AdamOptions } from './adam.ts';
import type { Arm } from './arm.ts';
import { examplesOf, joined, joinedIntegers, placesFor } from './batch.ts';
import { carrierSize } from './carrier.ts';
import { commonOptionsOf } from './check.ts';
import type { Draw, Step, StepOn, StepsFor } from './method.ts';
import { type Beside, type ExamplesShape, languageStep, nearNamed, type Objective, trainingStep } from './step.ts';

/** The kind of graph of this name for an arm, with the options of its method that it depends on. */
export function graphKind(name: string, arm: Arm, options: object = {}): string {
  const chosen = canonical(options);
  const { bystanderKl, rank, only } = commonOptionsOf(arm);
  const beside = [
    ...(arm.rehearsal > 0 ? [' with rehearsal'] : []),
    ...(bystanderKl === undefined ? [] : [' near its base']),
    ...(rank === undefined ? [] : [` of rank ${rank}`]),
    ...(only === undefined ? [] : [' of masked weights']),
  ];
  return `${name}${beside.join('')}${chosen === '{}' ? '' : ` ${chosen}`}`;
}

/** What draws of R replicates have beside what their method draws, and what that is fed. */
interface Extra {
  readonly beside: Beside;
  readonly feeds: Feeds;
}

/** Supervised steps: from one batch a replicate, all of one size, to the program and its feeds. */
export function languageSteps(
  programs: Programs,
  architecture: Architecture,
  options: AdamOptions,
): (batches: readonly Batch[], extra?: Extra) => Promise<Step> {
  const key = canonical(['language', architecture, options]);
  return async (batches, { beside, feeds } = { beside: {}, feeds: {} }) => {
    const shape = { replicates: batches.length, ...shapeOf(architecture, batches) };
    const program = await programs.get(canonical([key, shape, beside]), () =>
      languageStep(architecture, options, shape, beside),
    );
    return { program, feeds: { ...examplesOf(batches), ...feeds } };
  };
}

/** Steps of tuning on the sequences of `supervisedDraws`. */
export function supervisedSteps({ programs, architecture, world, bases }: StepsFor): StepOn {
  const stepOn = languageSteps(programs, architecture, adamOf(world.setup.tuning));
  const extraOf = extras(architecture, bases);
  return (draws) =>
    stepOn(
      draws.flatMap(({ batch }) => batch ?? []),
      extraOf(draws),
    );
}

/** An objective of tuning that is fed by draws, and all that its graph depends on. */
export interface FedObjective {
  /** With `of` the key of its programs, beside architecture, optimiser and lengths: equal keys must mean equal graphs. */
  readonly name: string;
  readonly of: readonly unknown[];
  /** Networks of the runs that it takes, one a replicate, each as an input [R, P] by its name; none where absent. */
  readonly networks?: Readonly<Record<string, readonly Float32Array[]>>;
  /** The objective of so many replicates. */
  for(replicates: number): Objective;
}

/** Steps of tuning that lower an objective on draws that feed it, each with a batch beside it or each without. */
export function objectiveSteps({ programs, architecture, world, bases }: StepsFor, objective: FedObjective): StepOn {
  const { tuning } = world.setup;
  const options = adamOf(tuning);
  const { networks = {} } = objective;
  const fed = Object.fromEntries(Object.entries(networks).map(([name, each]) => [name, joined(each)]));
  const extraOf = extras(architecture, bases);
  const key = canonical([objective.name, architecture, options, world.lengths, ...objective.of]);
  return async (draws) => {
    const batches = draws.flatMap(({ batch }) => batch ?? []);
    const rehearsal = batches.length > 0 ? shapeOf(architecture, batches) : undefined;
    const extra = extraOf(draws);
    const beside = { ...extra.beside, rehearsal };
    const program = await programs.get(canonical([key, draws.length, beside]), () =>
      trainingStep(architecture, options, draws.length, objective.for(draws.length), beside),
    );
    const feeds = { ...together(draws), ...fed, ...(rehearsal && examplesOf(batches)), ...extra.feeds };
    return { program, feeds };
  };
}

/** The feeds of each replicate, by name, one below the other. */
function together(draws: readonly Draw[]): Readonly<Record<string, Values>> {
  const [first] = draws;
  const of = (name: string): Values => {
    const parts = draws.map(({ feeds }) => feeds?.[name]);
    if (parts.every((part) => part instanceof Int32Array)) return joinedIntegers(parts);
    if (parts.every((part) => part instanceof Float32Array)) return joined(parts);
    throw new InvariantError(`the replicates of one program need feeds '${name}' of one type each`);
  };
  return Object.fromEntries(Object.keys(first?.feeds ?? {}).map((name) => [name, of(name)]));
}

/** How tuning updates: Adam without weight decay. */
const adamOf = ({ beta1, beta2, clip }: TuningSetup): AdamOptions => ({ beta1, beta2, clip, weightDecay: 0 });

/**
 * What of draws holds their runs near what they start from [R, P], and what carries or masks their changes: each is put together
 * once.
 */
function extras(architecture: Architecture, bases: readonly Float32Array[]): (draws: readonly Draw[]) => Extra {
  let base: Float32Array | undefined;
  let carrier: Float32Array | undefined;
  let mask: Float32Array | undefined;
  return (draws) => {
    const batches = draws.flatMap(({ near }) => near ?? []);
    const carriers = draws.flatMap((draw) => draw.carrier ?? []);
    const masks = draws.flatMap((draw) => draw.mask ?? []);
    const [first] = carriers;
    const rank = first && first.length / carrierSize(layoutOf(architecture), 1);
    if (batches.length > 0) base ??= joined(bases);
    if (first) carrier ??= joined(carriers);
    if (masks.length > 0) mask ??= joined(masks);
    return {
      beside: {
        near: batches.length > 0 ? shapeOf(architecture, batches) : undefined,
        rank,
        masked: masks.length > 0 || undefined,
      },
      feeds: {
        ...(batches.length > 0 && base && { ...nearNamed(examplesOf(batches)), base }),
        ...(carrier && { carrier }),
        ...(mask && { mask }),
      },
    };
  };
}

function shapeOf({ context }: Architecture, batches: readonly Batch[]): ExamplesShape {
  const [{ size }] = batches as readonly [Batch];
  return { batch: size, length: context, places: placesFor(batches) };
}
