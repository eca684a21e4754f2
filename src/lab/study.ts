import { availableParallelism } from 'node:os';
import { InvariantError } from '../core/errors.ts';
import type { EngineId } from '../engine/engine.ts';
import { type Arm, armName, sdft } from '../train/arm.ts';
import type { Setup } from '../world/knobs.ts';
import { type BaseObservation, type Lineage, type Observation, readBaseObservation, readObservation } from './keys.ts';
import { type Job, runJobs } from './pool.ts';
import { type ProgressSink, progressOn } from './progress.ts';
import { openStore, type Store } from './store.ts';

/** Which replicates and arms are asked for; every seed is one replicate. */
export interface Study {
  readonly setup: Setup;
  readonly engine: EngineId;
  readonly seeds: readonly number[];
  readonly arms: readonly Arm[];
}

/** One replicate of a study: its base, and one observation an arm by `armName`. */
export interface ReplicateObservation {
  readonly seed: number;
  readonly base: BaseObservation;
  readonly arms: ReadonlyMap<string, Observation>;
}

/** Expected steps of a run, for the time left: what a base takes is known, an arm stops when it has learnt. */
const EXPECTED_STEPS = { null: 10, sdft: 10, sft: 60, rl: 550 };
const FIXED_STEPS = 200;

/**
 * The observations of a study, in the order of its seeds. What the store in `folder` lacks is trained first, in one child
 * process a core, with progress on `sink`. Throws where a run fails and never leaves a replicate or an arm out.
 */
export async function observeStudy(study: Study, folder: string, sink: ProgressSink): Promise<ReplicateObservation[]> {
  const store = openStore(folder, { report: (message) => sink.write(`${message}\n`) });
  const jobs = missingJobs(study, store);
  if (jobs.length > 0) {
    const { setup, engine } = study;
    const { steps } = setup.pretraining;
    const events = progressOn(
      sink,
      jobs,
      ({ arm }) => FIXED_STEPS + (arm === null ? steps : EXPECTED_STEPS[arm.method]),
    );
    await runJobs(jobs, { setup, engine, folder, workers: availableParallelism(), events });
    events.end();
  }
  return study.seeds.map((seed) => readReplicate(study, store, seed));
}

/** The jobs that the store has no observation of, bases first; the null arm follows SDFT, whose steps it copies. */
export function missingJobs({ setup, engine, seeds, arms }: Study, store: Store): Job[] {
  const each = seeds.map((seed) => {
    const lineage: Lineage = { setup, seed, engine };
    const wanted = arms.filter((arm) => readObservation(store, lineage, arm) === undefined);
    const baseIsKnown = readBaseObservation(store, lineage) !== undefined;
    const name = (arm: Arm): string => `seed ${seed} ${armName(arm)}`;
    const base: Job = { id: `seed ${seed} base`, after: undefined, seed, arm: null };
    const documents = wanted.find((arm) => armName(arm) === armName(sdft()));
    return {
      bases: baseIsKnown ? [] : [base],
      arms: wanted.map((arm): Job => {
        const first = arm.method === 'null' && documents !== undefined ? name(documents) : base.id;
        return { id: name(arm), after: first === base.id && baseIsKnown ? undefined : first, seed, arm };
      }),
    };
  });
  return [...each.flatMap(({ bases }) => bases), ...each.flatMap(({ arms: runs }) => runs)];
}

function readReplicate({ setup, engine, arms }: Study, store: Store, seed: number): ReplicateObservation {
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
