import { canonical } from '../core/canonical.ts';
import { InvariantError } from '../core/errors.ts';
import type { Feeds, Values } from '../engine/engine.ts';
import type { Programs } from '../engine/programs.ts';
import type { Architecture } from '../model/parameters.ts';
import type { TuningSetup } from '../world/knobs.ts';
import type { Batch } from '../world/world.ts';
import type { AdamOptions } from './adam.ts';
import type { Arm } from './arm.ts';
import { examplesOf, placesFor } from './batch.ts';
import { commonOptionsOf } from './check.ts';
import type { Draw, Step, StepOn, StepsFor } from './method.ts';
import { type ExamplesShape, languageStep, nearNamed, type Objective, trainingStep } from './step.ts';

/** The kind of graph of this name for an arm, with the options of its method that it depends on. */
export function graphKind(name: string, arm: Arm, options: object = {}): string {
  const chosen = canonical(options);
  const beside = [
    ...(arm.rehearsal > 0 ? [' with rehearsal'] : []),
    ...(commonOptionsOf(arm).bystanderKl === undefined ? [] : [' near its base']),
  ];
  return `${name}${beside.join('')}${chosen === '{}' ? '' : ` ${chosen}`}`;
}

/** Sequences on which R networks are held near their bases, one batch a replicate. */
interface Near {
  readonly batches: readonly Batch[];
  /** [R, P] */
  readonly base: Float32Array;
}

/** Supervised steps: from one batch a replicate, all of one size, to the program and its feeds. */
export function languageSteps(
  programs: Programs,
  architecture: Architecture,
  options: AdamOptions,
): (batches: readonly Batch[], near?: Near) => Promise<Step> {
  const key = canonical(['language', architecture, options]);
  return async (batches, near) => {
    const shape = { replicates: batches.length, ...shapeOf(architecture, batches) };
    const nearShape = near && shapeOf(architecture, near.batches);
    const program = await programs.get(keyed(key, shape, nearShape), () =>
      languageStep(architecture, options, shape, nearShape),
    );
    return { program, feeds: { ...examplesOf(batches), ...(near && nearFeeds(near)) } };
  };
}

/** Steps of tuning on the sequences of `supervisedDraws`. */
export function supervisedSteps({ programs, architecture, world, bases }: StepsFor): StepOn {
  const stepOn = languageSteps(programs, architecture, adamOf(world.setup.tuning));
  const base = joined(bases);
  return (draws) =>
    stepOn(
      draws.flatMap(({ batch }) => batch ?? []),
      nearOf(draws, base),
    );
}

/** An objective of tuning that is fed by draws, and all that its graph depends on. */
export interface FedObjective {
  /** With `of` the key of its programs, beside the setup's sizes: equal keys must mean equal graphs. */
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
  const base = joined(bases);
  const key = canonical([objective.name, architecture, options, tuning.rollouts, world.lengths, ...objective.of]);
  return async (draws) => {
    const batches = draws.flatMap(({ batch }) => batch ?? []);
    const rehearsal = batches.length > 0 ? shapeOf(architecture, batches) : undefined;
    const near = nearOf(draws, base);
    const beside = { rehearsal, near: near && shapeOf(architecture, near.batches) };
    const program = await programs.get(keyed(key, { replicates: draws.length, ...rehearsal }, beside.near), () =>
      trainingStep(architecture, options, draws.length, objective.for(draws.length), beside),
    );
    const feeds = { ...together(draws), ...fed, ...(rehearsal && examplesOf(batches)), ...(near && nearFeeds(near)) };
    return { program, feeds };
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

/** Networks, each [P], one below the other. */
const joined = (networks: readonly Float32Array[]): Float32Array =>
  Float32Array.from(networks.flatMap((each) => [...each]));

/** What of draws holds their runs near their bases [R, P]; undefined where nothing does. */
function nearOf(draws: readonly Draw[], base: Float32Array): Near | undefined {
  const batches = draws.flatMap(({ near }) => near ?? []);
  return batches.length > 0 ? { batches, base } : undefined;
}

const nearFeeds = ({ batches, base }: Near): Feeds => ({ ...nearNamed(examplesOf(batches)), base });

const keyed = (key: string, shape: object, near?: object): string =>
  [key, ...Object.values(shape), ...(near === undefined ? [] : ['near', ...Object.values(near)])].join(' ');

function shapeOf({ context }: Architecture, batches: readonly Batch[]): ExamplesShape {
  const [{ size }] = batches as readonly [Batch];
  return { batch: size, length: context, places: placesFor(batches) };
}
