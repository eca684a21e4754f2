import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { EngineId } from '../engine/engine.ts';
import type { Setup } from '../world/knobs.ts';
import type { ArmRun } from './lineage.ts';

/** What a worker is asked to do, in this order: bases in one program, then each group of arms in one; measured as they come. */
export interface Work {
  readonly setup: Setup;
  /** Seeds of the replicates. */
  readonly bases: readonly number[];
  /** Arms of one kind of graph a group. */
  readonly groups: readonly (readonly ArmRun[])[];
}

export interface Job extends Work {
  readonly id: string;
  /** The jobs that must be done before this one, by id. */
  readonly after: readonly string[];
}

export type FromWorker =
  | { readonly kind: 'ready' | 'done' | 'busy' }
  | { readonly kind: 'step'; readonly part: number; readonly done: number; readonly atMost: number }
  | { readonly kind: 'report'; readonly message: string }
  /** `invariant`: the run itself is broken, for example NaN in a loss; else the machine, the code or the input is. */
  | { readonly kind: 'failed'; readonly invariant: boolean; readonly message: string };

/** What a pool tells while it works; a job's parts are its bases, where it has any, then each of its groups. */
export interface PoolEvents {
  started(job: Job): void;
  stepped(job: Job, part: number, done: number, atMost: number): void;
  finished(job: Job): void;
  reported(message: string): void;
}

export interface PoolOptions {
  readonly engine: EngineId;
  /** The store's folder. */
  readonly folder: string;
  readonly workers: number;
  /** No job starts after this time (as of `Date.now()`); those that run by then end. */
  readonly until?: number | undefined;
  /** Goes on after a job in which a run broke an invariant, and gives its fault back; every other fault ends everything. */
  readonly tolerant?: boolean;
  readonly events: PoolEvents;
}

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));
const BUSY_MS = 500;

/**
 * Does every job, or those that start before `until`, each after those it needs, in as many child processes as `workers`
 * says. A job that another process on this store is doing is looked at again half a second later. Gives the faults of jobs
 * in which a run broke an invariant, by id, where it is `tolerant`; rejects with the first other fault, and when a worker
 * dies. The runs that are in the store by then stay.
 */
export function runJobs(
  jobs: readonly Job[],
  { engine, folder, workers, until, tolerant = false, events }: PoolOptions,
): Promise<ReadonlyMap<string, string>> {
  const faults = new Map<string, string>();
  const waiting = [...jobs];
  const unfinished = new Set(jobs.map(({ id }) => id));
  const idle: ChildProcess[] = [];
  const children: ChildProcess[] = [];
  const current = new Map<ChildProcess, Job>();
  if (jobs.length === 0) return Promise.resolve(faults);

  return new Promise((resolve, reject) => {
    const end = (error?: Error): void => {
      for (const child of children) {
        child.removeAllListeners();
        child.kill('SIGKILL');
      }
      if (error === undefined) resolve(faults);
      else reject(error);
    };

    const next = (): void => {
      if (until !== undefined && Date.now() > until) {
        if (current.size === 0) end();
        return;
      }
      while (idle.length > 0) {
        const at = waiting.findIndex(({ after }) => !after.some((id) => unfinished.has(id)));
        if (at < 0) return;
        const [job] = waiting.splice(at, 1) as [Job];
        give(idle.pop() as ChildProcess, job);
      }
    };

    const give = (child: ChildProcess, job: Job): void => {
      events.started(job);
      current.set(child, job);
      const { setup, bases, groups } = job;
      child.send({ setup, bases, groups } satisfies Work);
    };

    const requeue = (job: Job): void => {
      waiting.push(job);
      next();
    };

    /** The worker has ended its job, or has just started: it is free for another. */
    const freed = (child: ChildProcess, outcome: 'ready' | 'done' | 'busy' | 'failed'): void => {
      const job = current.get(child);
      current.delete(child);
      idle.push(child);
      if (job !== undefined && outcome === 'busy') setTimeout(requeue, BUSY_MS, job);
      if (job !== undefined && outcome !== 'busy') {
        unfinished.delete(job.id);
        events.finished(job);
      }
      if (unfinished.size === 0) end();
      else next();
    };

    const hear = (child: ChildProcess, message: FromWorker): void => {
      const job = current.get(child);
      switch (message.kind) {
        case 'report':
          events.reported(message.message);
          break;
        case 'failed':
          if (tolerant && message.invariant && job !== undefined) {
            faults.set(job.id, message.message);
            freed(child, 'failed');
          } else end(new Error(`${job === undefined ? 'a worker could not start' : job.id}: ${message.message}`));
          break;
        case 'step':
          if (job !== undefined) events.stepped(job, message.part, message.done, message.atMost);
          break;
        default:
          freed(child, message.kind);
      }
    };

    for (let i = 0; i < Math.min(workers, jobs.length); i++) {
      const child = fork(WORKER, [], { execArgv: ['--import', TSX] });
      children.push(child);
      child.on('message', (message) => hear(child, message as FromWorker));
      child.on('exit', (code, signal) => {
        const job = current.get(child);
        end(new Error(`a worker died (${signal ?? `exit code ${code}`})${job ? ` during ${job.id}` : ''}`));
      });
      child.send({ engine, folder });
    }
  });
}
