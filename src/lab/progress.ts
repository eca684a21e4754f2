import type { Job, PoolEvents } from './pool.ts';

/** Where progress goes: `isTTY` decides between one line that changes and a plain line now and then. */
export interface ProgressSink {
  readonly isTTY?: boolean;
  /** Width of the terminal. */
  readonly columns?: number;
  write(text: string): unknown;
}

/** One part of a job: its expected effort in any unit, and the steps that it is expected to take. */
export interface Part {
  readonly cost: number;
  readonly steps: number;
}

const LINE_MS = 5_000;
const REDRAW_MS = 200;

/** Nothing is said of the time left before so much time has passed, and so much of the work was done, since work began. */
const LEAST_MS = 10_000;
const LEAST_SHARE = 0.02;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Milliseconds as people say them, for example `1 min 20 s` or `3 h 5 min`; from a day on they say no more than that. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < MINUTE) return `${seconds} s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min ${seconds % MINUTE} s`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h ${Math.floor((seconds % HOUR) / MINUTE)} min`;
  return 'more than a day';
}

/** How much of the work was done at a time in milliseconds. */
export interface Done {
  readonly at: number;
  readonly share: number;
}

/**
 * Milliseconds that work takes on, at the rate since `first`, when the first of it was seen to be done (what comes before, such
 * as the start of processes, says nothing of the rate); undefined as long as too little time and work has passed to know.
 */
export function timeLeft(first: Done, now: Done): number | undefined {
  const [time, share] = [now.at - first.at, now.share - first.share];
  if (time < LEAST_MS || share < LEAST_SHARE) return undefined;
  return (time * (1 - now.share)) / share;
}

/** How many bases and arms a job is. */
const runsOf = ({ bases, groups }: Job): number => bases.length + groups.flat().length;

/**
 * Tells what runs now, how many runs of how many are done, and about how long the rest takes. `parts` is the expected effort
 * of a job, part by part; a part that takes more steps than expected counts as almost done until it is.
 */
export function progressOn(
  sink: ProgressSink,
  jobs: readonly Job[],
  parts: (job: Job) => readonly Part[],
  now: () => number = Date.now,
): PoolEvents & { end(): void } {
  const start = now();
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const cost = (job: Job): number => sum(parts(job).map((part) => part.cost));
  const total = sum(jobs.map(cost));
  const runs = sum(jobs.map(runsOf));
  const running = new Map<string, { readonly job: Job; share: number }>();
  const held = new Map<string, string>();
  let [finished, finishedCost, drawn] = [0, 0, Number.NEGATIVE_INFINITY];
  let first: Done | undefined;

  const done = (): Done => {
    const cut = sum([...running.values()].map(({ job, share }) => cost(job) * share));
    return { at: now(), share: (finishedCost + cut) / total };
  };
  const line = (): string => {
    const ms = first && timeLeft(first, done());
    const left = ms === undefined ? '' : `, ${ms < DAY * 1000 ? 'about ' : ''}${duration(ms)} left`;
    const doing = [...running.values()].map(({ job, share }) => `${job.id} ${Math.round(100 * share)} %`);
    const waits = [...new Set(held.values())].map((by) => `waiting for ${by}`);
    return `training ${finished} of ${runs} runs${left}: ${[...doing, ...waits].join(', ') || 'starting'}`;
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
    stepped(job, part, steps, atMost) {
      const run = running.get(job.id);
      const each = parts(job);
      const before = sum(each.slice(0, part).map((earlier) => earlier.cost));
      const { cost: own, steps: expected } = each[part] ?? { cost: 0, steps: atMost };
      held.delete(job.id);
      const share = atMost <= expected ? steps / atMost : Math.min(0.95, steps / expected);
      if (run !== undefined) run.share = (before + own * share) / cost(job);
      first ??= done();
      draw();
    },
    finished(job) {
      running.delete(job.id);
      held.delete(job.id);
      finished += runsOf(job);
      finishedCost += cost(job);
      first ??= done();
      draw();
    },
    waiting(job, by) {
      running.delete(job.id);
      held.set(job.id, by);
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
