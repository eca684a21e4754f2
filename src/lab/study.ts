import { InvariantError } from '../core/errors.ts';
import { ENGINE_FACTS } from '../engine/catalog.ts';
import type { EngineId } from '../engine/engine.ts';
import { openStore, type Store } from '../store/store.ts';
import { type Arm, armName, matchedTo } from '../train/arm.ts';
import { graphKind } from '../train/draw.ts';
import type { Setup } from '../world/knobs.ts';
import type { BaseObservation, Lineage, Observation } from './keys.ts';
import type { ArmRun } from './lineage.ts';
import { workersHere } from './machine.ts';
import { readBaseObservation, readObservation } from './observed.ts';
import { type Job, type PoolOptions, runJobs } from './pool.ts';
import { type Part, type ProgressSink, progressOn } from './progress.ts';

/** Which replicates and arms are asked for; every seed is one replicate. */
export interface Study {
  readonly setup: Setup;
  readonly engine: EngineId;
  readonly seeds: readonly number[];
  readonly arms: readonly Arm[];
  /** Networks that train in one program at most; what suits the engine where absent. */
  readonly together?: number | undefined;
  /** Child processes that train at most; what suits the engine and the machine where absent. */
  readonly workers?: number | undefined;
}

/** One replicate of a study: its base, and one observation an arm by `armName`. */
export interface ReplicateObservation {
  readonly seed: number;
  readonly base: BaseObservation;
  readonly arms: ReadonlyMap<string, Observation>;
}

/** Expected steps of an arm, for the time left: it stops when it has learnt. */
const EXPECTED_STEPS = { null: 10, sdft: 10, sft: 60, rl: 550 };
const FIXED_STEPS = 200;

/**
 * The observations of a study, in the order of its seeds. What the store in `folder` lacks is trained first, in child
 * processes, with progress on `sink`. Throws where a run fails and never leaves a replicate or an arm out.
 */
export async function observeStudy(study: Study, folder: string, sink: ProgressSink): Promise<ReplicateObservation[]> {
  const store = openStore(folder, { report: (message) => sink.write(`${message}\n`) });
  await doJobs(missingJobs(study, store), study.engine, folder, sink, { workers: study.workers });
  return study.seeds.map((seed) => readReplicate(study, store, seed));
}

/** Does jobs in as many child processes as suit the engine, with progress on `sink`; gives faults as `runJobs` does. */
export async function doJobs(
  jobs: readonly Job[],
  engine: EngineId,
  folder: string,
  sink: ProgressSink,
  { workers, ...options }: Pick<PoolOptions, 'until' | 'tolerant'> & Pick<Study, 'workers'> = {},
): Promise<ReadonlyMap<string, string>> {
  const { until } = options;
  if (jobs.length === 0 || (until !== undefined && Date.now() > until)) return new Map();
  const { processes } = ENGINE_FACTS[engine];
  const most = workers ?? (processes === 'one a core' ? workersHere() : processes);
  const events = progressOn(sink, jobs, partsOf);
  const faults = await runJobs(jobs, { ...options, engine, folder, workers: most, events });
  events.end();
  return faults;
}

/** The parts of a job, in steps: those that each is expected to take, and what measuring costs beside. */
function partsOf({ setup, bases, groups }: Job): Part[] {
  const ofGroups = groups.map((group) => {
    const steps = group.map(({ arm }) => EXPECTED_STEPS[arm.method]);
    return { cost: steps.reduce((sum, each) => sum + FIXED_STEPS + each, 0), steps: Math.max(...steps) };
  });
  const { steps } = setup.pretraining;
  return bases.length === 0 ? ofGroups : [{ cost: bases.length * (FIXED_STEPS + steps), steps }, ...ofGroups];
}

/**
 * The jobs that the store has no observation of, bases first. Runs that one program can train are put together, as many as
 * suit the engine; the null arm follows SDFT, whose steps it copies.
 */
export function missingJobs({ setup, engine, seeds, arms, together }: Study, store: Store): Job[] {
  const most = together ?? ENGINE_FACTS[engine].replicates;
  const lineages = seeds.map((seed): Lineage => ({ setup, seed, engine }));
  const bases = lineages.filter((lineage) => readBaseObservation(store, lineage) === undefined).map(({ seed }) => seed);
  const different = [...new Map(arms.map((arm) => [armName(arm), arm])).values()];
  const runs = lineages.flatMap((lineage) =>
    different
      .filter((arm) => readObservation(store, lineage, arm) === undefined)
      .map((arm): ArmRun => ({ seed: lineage.seed, arm })),
  );
  const baseJobs = groups(bases, most).map(
    (group): Job => ({ id: named(`seed ${group[0]} base`, group), after: [], setup, bases: group, groups: [] }),
  );
  const jobOfBase = (seed: number): string[] => baseJobs.flatMap((job) => (job.bases.includes(seed) ? [job.id] : []));
  const armJobs = (chosen: readonly ArmRun[], after: (run: ArmRun) => readonly string[]): Job[] =>
    kindsOf(chosen).flatMap((kind) =>
      groups(
        chosen.filter(({ arm }) => graphKind(arm) === kind),
        most,
      ).map((group): Job => {
        const { seed, arm } = group[0] as ArmRun;
        const needed = new Set(group.flatMap((run) => after(run)));
        const id = named(`seed ${seed} ${armName(arm)}`, group);
        return { id, after: [...needed], setup, bases: [], groups: [group] };
      }),
    );
  const copies = runs.filter(({ arm }) => arm.method === 'null');
  const others = armJobs(
    runs.filter(({ arm }) => arm.method !== 'null'),
    ({ seed }) => jobOfBase(seed),
  );
  const jobOfMatched = ({ seed, arm }: ArmRun): string[] =>
    others.flatMap((job) => {
      const has = (run: ArmRun): boolean => run.seed === seed && armName(run.arm) === armName(matchedTo(arm));
      return job.groups.flat().some(has) ? [job.id] : [];
    });
  return [...baseJobs, ...others, ...armJobs(copies, (run) => [...jobOfBase(run.seed), ...jobOfMatched(run)])];
}

/** Kinds of graph, policies first: they train longest, and what is long must not come last. */
const kindsOf = (runs: readonly ArmRun[]): string[] =>
  [...new Set(runs.map(({ arm }) => graphKind(arm)))].sort().reverse();

/** The items in groups of at most `most`, as equal as can be, in their order. */
function groups<T>(items: readonly T[], most: number): T[][] {
  const count = Math.ceil(items.length / most);
  const edge = (i: number): number => Math.floor((i * items.length) / count);
  return Array.from({ length: count }, (_, i) => items.slice(edge(i), edge(i + 1)));
}

const named = (first: string, group: readonly unknown[]): string =>
  group.length === 1 ? first : `${first} and ${group.length - 1} more`;

/** What the store holds of one replicate of a study. Throws `InvariantError` where something is missing. */
export function readReplicate(
  { setup, engine, arms }: Omit<Study, 'seeds'>,
  store: Store,
  seed: number,
): ReplicateObservation {
  const lineage: Lineage = { setup, seed, engine };
  const base = readBaseObservation(store, lineage);
  if (base === undefined) throw new InvariantError(`the base of seed ${seed} is gone right after it was observed`);
  const observed = arms.map((arm) => {
    const observation = readObservation(store, lineage, arm);
    if (observation === undefined)
      throw new InvariantError(`the observation of seed ${seed} ${armName(arm)} is gone right after it was made`);
    return [armName(arm), observation] as const;
  });
  return { seed, base, arms: new Map(observed) };
}
