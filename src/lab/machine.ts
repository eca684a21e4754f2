import { readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Setup, WorldKnobs } from '../world/knobs.ts';

const MEGABYTE = 1024 ** 2;
/** What one worker may take on a tiny model, and what is left for the process that started them and what that does meanwhile. */
const WORKER_BYTES = 400 * MEGABYTE;
const PARENT_BYTES = 500 * MEGABYTE;
/** How often a worker holds what one step computes: in a program for each shape of a batch, of training and of each measure. */
const STEPS_HELD = 62;

/**
 * Bytes that a worker takes at its most on a setup, roughly. What a step of pretraining computes are a layer's products, 12 widths
 * a position, and its attention; workers on `onnx:cpu` were measured to hold up to 0.4 to 0.5 GB on characters, where this gives 0.4, and
 * 4.6 GB on texts of 128 positions and width 128, where it gives 4.6. Arms with far more rollouts than a setup has may take more.
 */
export function workerBytes({ model, pretraining }: Pick<Setup<WorldKnobs>, 'model' | 'pretraining'>): number {
  const { context, width, heads, layers } = model;
  const step = 4 * pretraining.batch * context * layers * (12 * width + 6 * heads * context);
  return Math.max(WORKER_BYTES, STEPS_HELD * step);
}

/** What a machine, or the container that this process runs in, gives: processors, which need not be whole, and bytes. */
export interface Machine {
  readonly processors: number;
  readonly memory: number;
}

/** How many workers of so many bytes a machine has room for: one a processor, as many as fit in its memory, and at least one. */
export function workersOn({ processors, memory }: Machine, bytes: number = WORKER_BYTES): number {
  return Math.max(1, Math.min(Math.floor(processors), Math.floor((memory - PARENT_BYTES) / bytes)));
}

/**
 * What the control groups of a process leave of a machine: the least quota of processors and the least limit of memory in
 * its groups and in all that these lie in. `membership` is `/proc/self/cgroup`; `read` gives the text of a file below
 * `/sys/fs/cgroup`, undefined where there is none. Version 2: `cpu.max` ('quota period' or 'max period'), `memory.max` and
 * `memory.high`; version 1: `cpu.cfs_quota_us` / `cpu.cfs_period_us` (-1 = no quota) and `memory.limit_in_bytes`.
 * Source: https://docs.kernel.org/admin-guide/cgroup-v2.html and cgroup-v1/memory.html, scheduler/sched-bwc.html.
 */
export function limitedBy(membership: string, read: (file: string) => string | undefined, whole: Machine): Machine {
  const groups = membership.split('\n').flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line.trim()) ?? [];
    return controllers === undefined || path === undefined ? [] : [{ controllers: controllers.split(','), path }];
  });
  const foldersOf = (controller: string): string[] =>
    groups
      .filter(({ controllers }) => controllers.includes(controller))
      .flatMap(({ controllers, path }) => {
        // In a container the path may be the host's, while the files of the container's own group lie at the root.
        const parts = path.split('/').filter((part) => part !== '');
        const above = parts.map((_, i) => parts.slice(0, parts.length - i).join('/'));
        return [...above, ''].flatMap((each) => [join(controllers.join(','), each), join(controller, each)]);
      });
  const numbers = (folders: readonly string[], file: string, of: (text: string) => number): number[] =>
    folders.flatMap((folder) => {
      const text = read(join(folder, file));
      const value = text === undefined ? Number.NaN : of(text);
      return Number.isFinite(value) && value > 0 ? [value] : [];
    });
  const quota = (text: string): number => {
    const [most, period] = text.trim().split(/\s+/).map(Number);
    return (most as number) / (period as number);
  };
  const quotas = foldersOf('cpu').map((folder) => {
    const [most, period] = ['cpu.cfs_quota_us', 'cpu.cfs_period_us'].map((file) => Number(read(join(folder, file))));
    return (most as number) / (period as number);
  });
  const processors = [...numbers(foldersOf(''), 'cpu.max', quota), ...quotas.filter((each) => each > 0)];
  const memory = [
    ...['memory.max', 'memory.high'].flatMap((file) => numbers(foldersOf(''), file, Number)),
    ...numbers(foldersOf('memory'), 'memory.limit_in_bytes', Number),
  ];
  return { processors: Math.min(whole.processors, ...processors), memory: Math.min(whole.memory, ...memory) };
}

/** How many workers of so many bytes this machine, or the container that this process runs in, has room for. */
export function workersHere(bytes: number): number {
  const textOf = (path: string): string | undefined => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  };
  const whole = { processors: availableParallelism(), memory: totalmem() };
  const read = (file: string): string | undefined => textOf(join('/sys/fs/cgroup', file));
  return workersOn(limitedBy(textOf('/proc/self/cgroup') ?? '', read, whole), bytes);
}
