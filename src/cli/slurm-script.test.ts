import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { workScript } from './slurm.ts';
import { slurmOptions } from './slurm-options.ts';

// The script of a task, run by bash with stand-ins for what it calls: `npm` does what a test says, `scontrol` writes down what it is asked.

const place = mkdtempSync(join(tmpdir(), 'slurm-script-'));
afterAll(() => rmSync(place, { recursive: true }));

/** A folder for the logs of a task, in which `npm` is a script of these lines. */
function task(name: string, npm: string) {
  const to = join(place, name);
  const bin = join(to, 'bin');
  mkdirSync(bin, { recursive: true });
  const put = (command: string, lines: string): void => {
    writeFileSync(join(bin, command), `#!/bin/bash\n${lines}\n`);
    chmodSync(join(bin, command), 0o755);
  };
  put('npm', npm);
  put('scontrol', `echo "$@" >> '${to}/asked'`);
  put('sleep', 'exit 0');
  const script = workScript(slurmOptions(['--tasks', '2']), { folder: to, to, variables: {} });
  const asked = (): string[] =>
    existsSync(join(to, 'asked')) ? readFileSync(join(to, 'asked'), 'utf8').trim().split('\n') : [];
  /** Runs the script, signalled once its work has begun where that is asked for, in a task that has run for so many seconds. */
  const run = async (signal = false, seconds = 100): Promise<number | null> => {
    const env = {
      PATH: `${bin}:/usr/bin:/bin`,
      SLURM_ARRAY_JOB_ID: '7',
      SLURM_ARRAY_TASK_ID: '1',
      SECONDS: `${seconds}`,
    };
    const child = spawn('bash', ['-c', script], { env, stdio: 'ignore' });
    const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
    if (signal) {
      while (!existsSync(join(to, 'begun'))) await sleep(20);
      await sleep(100);
      child.kill('SIGUSR1');
    }
    return ended;
  };
  return { run, asked, to };
}
const WAITS = (name: string): string => `touch '${join(place, name)}/begun'; exec /bin/sleep 60`;

describe.skipIf(process.platform === 'win32')('the script of a task', () => {
  test('ends well where its work does, and asks for nothing', async () => {
    const { run, asked } = task('good', 'exit 0');
    expect(await run()).toBe(0);
    expect(asked()).toEqual([]);
  });

  test('goes back three times where its work fails, whatever else put it back', async () => {
    const { run, asked } = task('bad', 'exit 137');
    for (let i = 0; i < 4; i++) expect(await run()).toBe(137);
    expect(asked()).toEqual(['requeue 7_1', 'requeue 7_1', 'requeue 7_1']);
  });

  test('ends its work and goes back where its time is up, which is no failure', async () => {
    const { run, asked } = task('late', WAITS('late'));
    const start = performance.now();
    for (let i = 0; i < 5; i++) {
      expect(await run(true)).toBe(1);
      rmSync(join(place, 'late/begun'));
    }
    expect(performance.now() - start).toBeLessThan(30_000);
    expect(asked()).toHaveLength(5);
  });

  test('does not go back where its time is up in its first minute', async () => {
    const { run, asked } = task('short', WAITS('short'));
    expect(await run(true, 0)).toBe(1);
    expect(asked()).toEqual([]);
  });
});
