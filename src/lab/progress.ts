import type { Job, PoolEvents } from './pool.ts';

/** Where progress goes: `isTTY` decides between one line that changes and a plain line now and then. */
export interface ProgressSink {
  readonly isTTY?: boolean;
  /** Width of the terminal. */
  readonly columns?: number;
  write(text: string): unknown;
}

const LINE_MS = 5_000;
const REDRAW_MS = 200;

/** Milliseconds as people say them, for example `1 min 20 s`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** How many bases and arms a job is. */
const runsOf = ({ bases, groups }: Job): number => bases.length + groups.flat().length;

/**
 * Tells what runs now, how many runs of how many are done, and about how long the rest takes. `costs` is the expected
 * effort of each part of a job in any unit: time left = time so far * cost left / cost done.
 */
export function progressOn(
  sink: ProgressSink,
  jobs: readonly Job[],
  costs: (job: Job) => readonly number[],
  now: () => number = Date.now,
): PoolEvents & { end(): void } {
  const start = now();
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const cost = (job: Job): number => sum(costs(job));
  const total = sum(jobs.map(cost));
  const runs = sum(jobs.map(runsOf));
  const running = new Map<string, { readonly job: Job; share: number }>();
  let [finished, finishedCost, drawn] = [0, 0, Number.NEGATIVE_INFINITY];

  const line = (): string => {
    const done = finishedCost + sum([...running.values()].map(({ job, share }) => cost(job) * share));
    const elapsed = now() - start;
    const left = elapsed < 2_000 || done === 0 ? '' : `, about ${duration((elapsed * (total - done)) / done)} left`;
    const doing = [...running.values()].map(({ job, share }) => `${job.id} ${Math.round(100 * share)} %`);
    return `training ${finished} of ${runs} runs${left}: ${doing.join(', ') || 'waiting for another process'}`;
  };
  const draw = (force = false): void => {
    if (!force && now() - drawn < (sink.isTTY ? REDRAW_MS : LINE_MS)) return;
    drawn = now();
    sink.write(sink.isTTY ? `\r\x1b[2K${line().slice(0, (sink.columns ?? 80) - 1)}` : `${line()}\n`);
  };
  return {
    started(job) {
      running.set(job.id, { job, share: 0 });
      draw();
    },
    stepped(job, part, done, atMost) {
      const run = running.get(job.id);
      const each = costs(job);
      const before = sum(each.slice(0, part));
      if (run !== undefined) run.share = (before + ((each[part] ?? 0) * done) / atMost) / sum(each);
      draw();
    },
    finished(job) {
      running.delete(job.id);
      finished += runsOf(job);
      finishedCost += cost(job);
      draw();
    },
    reported(message) {
      sink.write(`${sink.isTTY ? '\r\x1b[2K' : ''}${message}\n`);
      draw(true);
    },
    end() {
      const text = `trained ${finished} of ${runs} runs in ${duration(now() - start)}\n`;
      sink.write(sink.isTTY ? `\r\x1b[2K${text}` : text);
    },
  };
}
