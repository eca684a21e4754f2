import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BUILT_IN } from './built-in.ts';
import type { Job } from './pool.ts';
import { duration, progressOn, timeLeft } from './progress.ts';
import { loadSetup } from './setup.ts';

const setup = loadSetup('fixtures/setups/small.json', BUILT_IN.worlds);
const jobOf = (id: string): Job => ({ id, after: [], setup, bases: [1], groups: [] });

/** Milliseconds in a text of `duration`. */
function read(text: string): number {
  const units = { s: 1000, min: 60_000, h: 3_600_000 };
  const parts = [...text.matchAll(/(\d+) (s|min|h)/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units], 0);
}

test('times are said in seconds, minutes and hours, and from a day on no more than that', () => {
  expect([0, 59_499, 61_000, 3_599_000, 3_600_000, 5 * 3_600_000 + 61_000].map(duration)).toEqual([
    ...['0 s', '59 s', '1 min 1 s', '59 min 59 s', '1 h 0 min', '5 h 1 min'],
  ]);
  expect([86_400_000, 8401 * 60_000, Number.MAX_VALUE].map(duration)).toEqual(new Array(3).fill('more than a day'));
});

test('nothing is said of the time left before it can be known', () => {
  const first = { at: 5_000, share: 0 };
  expect(timeLeft(first, { at: 14_000, share: 0.5 })).toBeUndefined();
  expect(timeLeft(first, { at: 60_000, share: 0.01 })).toBeUndefined();
  expect(timeLeft(first, { at: 25_000, share: 0.25 })).toBe(60_000);
});

test('of steady work the time left is never said to be more than three times what it is', () => {
  const worker = fc.record({ delay: fc.integer({ min: 0, max: 8_000 }), jobs: fc.integer({ min: 1, max: 4 }) });
  const stepMs = fc.integer({ min: 20, max: 2_000 });
  fc.assert(
    fc.property(fc.array(worker, { minLength: 1, maxLength: 6 }), stepMs, (workers, ms) => {
      // Each worker starts after a delay of its own and does its jobs of 100 steps one after the other, all at one speed.
      const jobs = workers.flatMap((each, w) => Array.from({ length: each.jobs }, (_, i) => jobOf(`${w}.${i}`)));
      const events = workers.flatMap(({ delay, jobs: count }, w) =>
        Array.from({ length: count * 100 }, (_, i) => ({
          at: delay + (i + 1) * ms,
          w,
          job: Math.floor(i / 100),
          step: (i % 100) + 1,
        })),
      );
      events.sort((a, b) => a.at - b.at);
      const end = (events.at(-1) as { at: number }).at;
      let now = 0;
      const said: string[] = [];
      const progress = progressOn(
        { write: (line) => said.push(line) },
        jobs,
        () => [{ cost: 1, steps: 100 }],
        () => now,
      );
      const of = (w: number, i: number): Job => jobs.find(({ id }) => id === `${w}.${i}`) as Job;
      for (const [w] of workers.entries()) progress.started(of(w, 0));
      for (const { at, w, job, step } of events) {
        now = at;
        said.length = 0;
        progress.stepped(of(w, job), 0, step, 100);
        if (step === 100) {
          progress.finished(of(w, job));
          if (job + 1 < (workers[w] as { jobs: number }).jobs) progress.started(of(w, job + 1));
        }
        const estimate = /about (.*) left/.exec(said.join(''))?.[1];
        if (estimate !== undefined) expect(read(estimate)).toBeLessThanOrEqual(3 * (end - now) + 2 * ms + 1_000);
      }
    }),
    { seed: 20261124, numRuns: 60 },
  );
});

test('an RL arm that is expected to stop early counts by what is expected of it', () => {
  let now = 0;
  const lines: string[] = [];
  const progress = progressOn(
    { write: (line) => lines.push(line) },
    [jobOf('rl')],
    () => [{ cost: 1, steps: 500 }],
    () => now,
  );
  progress.started(jobOf('rl'));
  progress.stepped(jobOf('rl'), 0, 0, 4_000);
  now = 20_000;
  progress.stepped(jobOf('rl'), 0, 250, 4_000);
  expect(lines.at(-1)).toBe('training 0 of 1 runs, about 20 s left: rl 50 %\n');
  now = 200_000;
  progress.stepped(jobOf('rl'), 0, 2_500, 4_000);
  expect(lines.at(-1)).toMatch(/rl 95 %/);
});

test('who holds a run that is waited for is named until it is done', () => {
  let now = 0;
  const lines: string[] = [];
  const progress = progressOn(
    { write: (line) => lines.push(line) },
    [jobOf('a')],
    () => [{ cost: 1, steps: 1 }],
    () => now,
  );
  progress.started(jobOf('a'));
  now = 6_000;
  progress.waiting(jobOf('a'), 'process 12 on elsewhere');
  expect(lines.at(-1)).toBe('training 0 of 1 runs: waiting for process 12 on elsewhere\n');
  now = 12_000;
  progress.finished(jobOf('a'));
  expect(lines.at(-1)).toBe('training 1 of 1 runs: starting\n');
});
