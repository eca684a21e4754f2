import { InvariantError } from '../core/errors.ts';
import { openStore, type Store } from '../store/store.ts';
import { type Arm, armName } from '../train/arm.ts';
import { checkFits } from '../train/check.ts';
import type { Setup, WorldKnobs } from '../world/knobs.ts';
import {
  type Catalog,
  depthOf,
  engineOf,
  expectedSteps,
  methodOf,
  neededBy,
  programKind,
  worldFor,
} from './catalog.ts';
import type { Lineage } from './keys.ts';
import type { ArmRun } from './lineage.ts';
import { workerBytes, workersHere } from './machine.ts';
import { isObserved, type ReplicateObservation, readReplicate } from './observed.ts';
import { type Job, type PoolOptions, runJobs } from './pool.ts';
import { type Part, type ProgressSink, progressOn } from './progress.ts';

/** Which replicates and arms are asked for; every seed is one replicate. */
export interface Study {
  readonly catalog: Catalog;
  readonly setup: Setup<WorldKnobs>;
  /** The id of an engine. */
  readonly engine: string;
  readonly seeds: readonly number[];
  readonly arms: readonly Arm[];
  /** Measures that read these arms beside those that read all, by id; see `Measure.asked`. */
  readonly asked?: readonly string[] | undefined;
  /** Networks that train in one program at most; what suits the engine where absent. */
  readonly together?: number | undefined;
  /** Child processes that train at most; what suits the engine and the machine where absent. */
  readonly workers?: number | undefined;
}

/** What measuring costs, in steps. */
const FIXED_STEPS = 200;
/** A record that turns out to be damaged when it is read is made again; more often than this, something damages them. */
const TRIES = 3;

/**
 * The observations of a study, in the order of its seeds. What the store in `folder` lacks is trained first, in child
 * processes, with progress on `sink`. Throws `InputError` before that where an arm is not for this kind of world, and where a run
 * fails; never leaves a replicate or an arm out.
 */
export async function observeStudy(study: Study, folder: string, sink: ProgressSink): Promise<ReplicateObservation[]> {
  const store = openStore(folder, { report: (message) => sink.write(`${message}\n`) });
  for (const arm of study.arms)
    checkFits(arm, methodOf(study.catalog, arm), worldFor(study.catalog, study.setup, study.seeds[0] ?? 0, arm));
  return untilSound(folder, async () => {
    await doJobs(missingJobs(study, store), study, folder, sink, { workers: study.workers });
    const all = study.seeds.map((seed) => readReplicate(study, store, seed));
    return all.every((replicate) => replicate !== undefined) ? all : undefined;
  });
}

/**
 * What `make` gives of the records of the store in `folder`; it is asked again as long as it gives nothing, since a record that
 * turned out to be damaged is absent then. Throws `InvariantError` where that does not end.
 */
export async function untilSound<T>(folder: string, make: () => Promise<T | undefined>): Promise<T> {
  for (let left = TRIES; left > 0; left--) {
    const made = await make();
    if (made !== undefined) return made;
  }
  throw new InvariantError(`records of the store ${folder} are damaged as often as they are made`);
}

/** How many processes train beside each other: as many as suit the engine and this machine, which has to hold the largest setup. */
export function workersFor(catalog: Catalog, engine: string, of: readonly Pick<Job, 'setup'>[]): number {
  const { processes } = engineOf(catalog, engine);
  return processes === 'one a core' ? workersHere(Math.max(...of.map(({ setup }) => workerBytes(setup)))) : processes;
}

/** Does jobs in as many child processes as suit the engine, with progress on `sink`; gives faults as `runJobs` does. */
export async function doJobs(
  jobs: readonly Job[],
  { catalog, engine }: Pick<Study, 'catalog' | 'engine'>,
  folder: string,
  sink: ProgressSink,
  { workers, ...options }: Pick<PoolOptions, 'until' | 'tolerant'> & Pick<Study, 'workers'> = {},
): Promise<ReadonlyMap<string, string>> {
  const { until } = options;
  if (jobs.length === 0 || (until !== undefined && Date.now() > until)) return new Map();
  const most = workers ?? workersFor(catalog, engine, jobs);
  const events = progressOn(sink, jobs, (job) => partsOf(catalog, job));
  const faults = await runJobs(jobs, { ...options, catalog, engine, folder, workers: most, events });
  events.end();
  return faults;
}

/** The parts of a job, in steps: those that each is expected to take, and what measuring costs beside. */
function partsOf(catalog: Catalog, { setup, bases, groups }: Job): Part[] {
  const ofGroups = groups.map((group) => {
    const steps = group.map(({ arm }) => expectedSteps(catalog, arm));
    return { cost: steps.reduce((sum, each) => sum + FIXED_STEPS + each, 0), steps: Math.max(...steps) };
  });
  const { steps } = setup.pretraining;
  return bases.length === 0 ? ofGroups : [{ cost: bases.length * (FIXED_STEPS + steps), steps }, ...ofGroups];
}

/**
 * The jobs that the store has no observation of, bases first. Runs that one program can train are put together, as many as
 * suit the engine; an arm that needs another one comes after that.
 */
export function missingJobs({ catalog, setup, engine, seeds, arms, asked, together }: Study, store: Store): Job[] {
  const most = together ?? engineOf(catalog, engine).replicates;
  const lineages = seeds.map((seed): Lineage => ({ catalog, setup, seed, engine, asked }));
  const bases = lineages.filter((lineage) => !isObserved(store, lineage, null)).map(({ seed }) => seed);
  const different = [...new Map(arms.map((arm) => [armName(arm), arm])).values()];
  const runs = lineages.flatMap((lineage) =>
    different
      .filter((arm) => !isObserved(store, lineage, arm))
      .map((arm): ArmRun => ({ seed: lineage.seed, arm, asked })),
  );
  const baseJobs = groups(bases, most).map(
    (group): Job => ({ id: named(`seed ${group[0]} base`, group), after: [], setup, bases: group, groups: [] }),
  );
  const jobOfBase = (seed: number): string[] => baseJobs.flatMap((job) => (job.bases.includes(seed) ? [job.id] : []));
  const armJobs = (chosen: readonly ArmRun[], after: (run: ArmRun) => readonly string[]): Job[] =>
    kindsOf(catalog, chosen).flatMap((kind) =>
      groups(
        chosen.filter(({ arm }) => programKind(catalog, arm) === kind),
        most,
      ).map((group): Job => {
        const { seed, arm } = group[0] as ArmRun;
        const needed = new Set(group.flatMap((run) => after(run)));
        const id = named(`seed ${seed} ${armName(arm)}`, group);
        return { id, after: [...needed], setup, bases: [], groups: [group] };
      }),
    );
  const depths = runs.map(({ arm }) => depthOf(catalog, arm));
  const jobs = [...baseJobs];
  const jobsOfNeeded = ({ seed, arm }: ArmRun): string[] => {
    const needs = neededBy(catalog, arm).map(armName);
    const is = (run: ArmRun): boolean => run.seed === seed && needs.includes(armName(run.arm));
    return jobs.flatMap((job) => (job.groups.flat().some(is) ? [job.id] : []));
  };
  for (const depth of [...new Set(depths)].sort((a, b) => a - b)) {
    const ofDepth = runs.filter((_, i) => depths[i] === depth);
    jobs.push(...armJobs(ofDepth, (run) => [...jobOfBase(run.seed), ...jobsOfNeeded(run)]));
  }
  return jobs;
}

/** Kinds of graph, policies first: they train longest, and what is long must not come last. */
const kindsOf = (catalog: Catalog, runs: readonly ArmRun[]): string[] =>
  [...new Set(runs.map(({ arm }) => programKind(catalog, arm)))].sort().reverse();

/** The items in groups of at most `most`, as equal as can be, in their order. */
function groups<T>(items: readonly T[], most: number): T[][] {
  const count = Math.ceil(items.length / most);
  const edge = (i: number): number => Math.floor((i * items.length) / count);
  return Array.from({ length: count }, (_, i) => items.slice(edge(i), edge(i + 1)));
}

const named = (first: string, group: readonly unknown[]): string =>
  group.length === 1 ? first : `${first} and ${group.length - 1} more`;
