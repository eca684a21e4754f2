import { type ChildProcess, fork } from 'node:child_process';
import { InputError } from '../core/errors.ts';
import { beside, execArgvFor } from '../core/modules.ts';
import type { Setup, WorldKnobs } from '../world/knobs.ts';
import type { Catalog } from './catalog.ts';
import { codeHash } from './code.ts';
import type { ArmRun } from './lineage.ts';

/** What a job is about, in this order: bases in one program, then each group of arms in one; measured as they come. */
interface Runs {
  readonly setup: Setup<WorldKnobs>;
  /** Seeds of the replicates. */
  readonly bases: readonly number[];
  /** Arms of one kind of graph a group. */
  readonly groups: readonly (readonly ArmRun[])[];
}

/** What a worker is asked to do. */
export interface Work extends Runs {
  /** The folder of the store that it is done in. */
  readonly folder: string;
}

export interface Job extends Runs {
  readonly id: string;
  /** The jobs that must be done before this one, by id. */
  readonly after: readonly string[];
  /** The folder of a store of its own; that of the pool where absent. */
  readonly folder?: string;
}

export type FromWorker =
  | { readonly kind: 'ready' | 'done' | 'alive' }
  | { readonly kind: 'busy'; readonly heldBy: string }
  | { readonly kind: 'step'; readonly part: number; readonly done: number; readonly atMost: number }
  | { readonly kind: 'report'; readonly message: string }
  /** `outcome`: a network diverged or a world has nothing to measure; else the machine, the code, the store or the input failed. */
  | { readonly kind: 'failed'; readonly outcome: boolean; readonly message: string };

/** What a pool tells while it works; a job's parts are its bases, where it has any, then each of its groups. */
export interface PoolEvents {
  started(job: Job): void;
  stepped(job: Job, part: number, done: number, atMost: number): void;
  finished(job: Job): void;
  /** Another process is at a run of the job. */
  waiting(job: Job, heldBy: string): void;
  reported(message: string): void;
}

export interface PoolOptions {
  readonly catalog: Catalog;
  /** The id of an engine. */
  readonly engine: string;
  /** The store's folder. */
  readonly folder: string;
  readonly workers: number;
  /** No job starts after this time (as of `Date.now()`); those that run by then end. */
  readonly until?: number | undefined;
  /** Goes on after a job of which a run has no outcome but its fault, and gives that back; every other fault ends everything. */
  readonly tolerant?: boolean;
  /** Milliseconds after which a worker that says nothing is reported: they say something every 10 s. */
  readonly silence?: number;
  readonly events: PoolEvents;
}

const [WORKER, WORK] = ['./worker', './work'].map((name) => beside(name, import.meta.url)) as [string, string];

/** The roots of all that a worker runs, with the module of a project's lists. */
export const workRoots = (from: string | undefined): string[] => [WORK, ...(from === undefined ? [] : [from])];

const BUSY_MS = 500;
const SILENCE_MS = 120_000;

/**
 * Does every job, or those that start before `until`, each after those it needs, in as many child processes as `workers`
 * says. A job that another process on this store is doing is looked at again half a second later. Gives the faults of jobs
 * of which a network diverged or a world has nothing to measure, by id, where it is `tolerant`; rejects with the first other
 * fault, with `InputError` where the code changed meanwhile, and when a worker dies. The runs that are in the store by then
 * stay. A worker that says nothing any more, for example since it was stopped, is reported with its process id.
 */
export function runJobs(
  jobs: readonly Job[],
  { catalog, engine, folder, workers, until, tolerant = false, silence = SILENCE_MS, events }: PoolOptions,
): Promise<ReadonlyMap<string, string>> {
  const faults = new Map<string, string>();
  const waiting = [...jobs];
  const unfinished = new Set(jobs.map(({ id }) => id));
  const idle: ChildProcess[] = [];
  const children: ChildProcess[] = [];
  const current = new Map<ChildProcess, Job>();
  const heard = new Map<ChildProcess, number>();
  if (jobs.length === 0) return Promise.resolve(faults);

  return new Promise((resolve, reject) => {
    let looked = performance.now();
    const watch = setInterval(() => {
      const [now, asleep] = [performance.now(), performance.now() - looked > silence / 2];
      looked = now;
      for (const [child, at] of heard) {
        // Where this process itself was stopped, what was said meanwhile is not heard yet.
        if (asleep) heard.set(child, now);
        if (asleep || now - at < silence) continue;
        heard.delete(child);
        events.reported(silent(child, current.get(child)?.id, silence));
      }
    }, silence / 4);

    const end = (error?: Error): void => {
      clearInterval(watch);
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
      const { setup, bases, groups, folder: place = folder } = job;
      child.send({ setup, bases, groups, folder: place } satisfies Work);
    };

    const requeue = (job: Job): void => {
      waiting.push(job);
      next();
    };

    /** The worker has ended its job, or has just started: it is free for another. */
    const freed = (child: ChildProcess, heldBy?: string): void => {
      const job = current.get(child);
      current.delete(child);
      idle.push(child);
      if (job !== undefined && heldBy !== undefined) {
        events.waiting(job, heldBy);
        setTimeout(requeue, BUSY_MS, job);
      } else if (job !== undefined) {
        unfinished.delete(job.id);
        events.finished(job);
      }
      if (unfinished.size === 0) end();
      else next();
    };

    const hear = (child: ChildProcess, message: FromWorker): void => {
      const job = current.get(child);
      heard.set(child, performance.now());
      switch (message.kind) {
        case 'alive':
          break;
        case 'report':
          events.reported(message.message);
          break;
        case 'failed':
          if (tolerant && message.outcome && job !== undefined) {
            faults.set(job.id, message.message);
            freed(child);
          } else end(faultOf(`${job === undefined ? 'a worker could not start' : job.id}: ${message.message}`));
          break;
        case 'step':
          if (job !== undefined) events.stepped(job, message.part, message.done, message.atMost);
          break;
        case 'busy':
          freed(child, message.heldBy);
          break;
        default:
          freed(child);
      }
    };

    for (let i = 0; i < Math.min(workers, jobs.length); i++) {
      const child = fork(WORKER, [], { execArgv: execArgvFor(WORKER, ...workRoots(catalog.from)) });
      children.push(child);
      heard.set(child, performance.now());
      child.on('message', (message) => hear(child, message as FromWorker));
      child.on('exit', (code, signal) => {
        const job = current.get(child);
        end(new Error(`a worker died (${signal ?? `exit code ${code}`})${job ? ` during ${job.id}` : ''}`));
      });
      child.send({ engine, catalog: catalog.from ?? null, code: codeHash(workRoots(catalog.from)) });
    }
  });
}

/** The fault that a worker tells in words: an `InputError` again where it was one. */
function faultOf(message: string): Error {
  const parts = /^(.*?)\n {2}expected: (.*?)\n {2}got: (.*?)\n {2}to do: (.*)$/s.exec(message);
  if (parts === null) return new Error(message);
  const [what, expected, got, todo] = parts.slice(1) as [string, string, string, string];
  return new InputError(what, { expected, got, todo });
}

/** What is said of a worker that says nothing. */
function silent({ pid }: ChildProcess, job: string | undefined, silence: number): string {
  const doing = job === undefined ? '' : ` during ${job}`;
  return (
    `the worker process ${pid} has said nothing for ${Math.round(silence / 1000)} s${doing}: it was stopped or it hangs ` +
    `(kill -CONT ${pid} lets a stopped one go on, kill ${pid} ends this run; finished records are kept)`
  );
}
