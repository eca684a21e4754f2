import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Evidence } from '../claims/evidence.ts';
import { type ScratchProject, TSX } from './scratch-project.test.helper.ts';
import { TINY_CLAIM, tinyProject } from './tiny-project.test.helper.ts';

// A Slurm of one node, which .ci/slurm starts where Debian's packages are there: else it is skipped, with the reason.

const SCRIPT = fileURLToPath(new URL('../../.ci/slurm', import.meta.url));
const place = mkdtempSync(join(tmpdir(), 'slurm-'));
let project: ScratchProject;
let conf: string | undefined;
let why = '';

beforeAll(() => {
  const started = spawnSync('bash', [SCRIPT, 'start', place], { encoding: 'utf8', timeout: 60_000 });
  if (started.status === 0) conf = join(place, 'slurm.conf');
  else why = (started.error?.message ?? started.stderr).trim().split('\n').at(-1) ?? '';
  project = tinyProject({ 's1.test.ts': TINY_CLAIM });
}, 90_000);
afterAll(() => {
  spawnSync('bash', [SCRIPT, 'stop', place], { timeout: 60_000 });
  rmSync(place, { recursive: true, force: true });
  rmSync(project.folder, { recursive: true });
}, 90_000);

const slurm = (command: string, ...args: string[]): string =>
  spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, SLURM_CONF: conf },
    timeout: 10_000,
  }).stdout.trim();

const digestOf = (): string =>
  (JSON.parse(readFileSync(join(project.folder, 'reports/latest/claims.json'), 'utf8')) as { claims: Evidence[] })
    .claims[0]?.digest ?? '';

/** Waits, three minutes at most, for what `find` gives. */
async function until<T>(what: string, find: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 900; tries++) {
    const found = find();
    if (found !== undefined) return found;
    await sleep(200);
  }
  throw new Error(`${what} did not come`);
}

test('an array of four tasks, of which one is killed and the time of one is up, and the job that judges give what one process gives', {
  timeout: 15 * 60_000,
}, async ({ skip }) => {
  if (conf === undefined) skip(`no Slurm: ${why}`);
  const store = (name: string) => ({ SPILLOVER_STORE: join(project.folder, name), SPILLOVER_PROFILE: 'quick' });
  await project.run(TSX, ['src/cli/main.ts', 'reproduce'], store('one'));
  const alone = digestOf();
  rmSync(join(project.folder, 'reports/latest'), { recursive: true });
  const asked = ['src/cli/main.ts', 'slurm', '--tasks', '4', '--concurrent', '2', '--submit'];
  const { code, stdout, stderr } = await project.run(TSX, asked, {
    ...{ ...store('many'), SLURM_CONF: conf as string },
    // For how long bash believes its scripts to have run: one whose time is up at once would not go back.
    SECONDS: '100',
  });
  expect(code, stderr).toBe(0);
  const [, work = '', judge = ''] = /submitted: (\d+) \(work\) and (\d+) \(judge\)/.exec(stdout) ?? [];
  // The task's work, not its script, as where a machine runs out of memory.
  const killed = await until('a task', () => workingIn());
  process.kill(killed.pid, 'SIGKILL');
  // What Slurm sends to a task's script before its time is up.
  const late = await until('another task', () => workingIn(killed.task));
  slurm('scancel', '--batch', '--signal=USR1', `${work}_${late.task}`);
  await until('the end of every job', () =>
    slurm('squeue', '-h', '-j', `${work},${judge}`) === '' ? true : undefined,
  );
  const logs = [0, 1, 2, 3].map((task) =>
    readFileSync(join(project.folder, 'reports/slurm', `work-${task}.log`), 'utf8'),
  );
  expect(logs.filter((log) => /shard \d\/4: done/.test(log))).toHaveLength(4);
  expect(slurm('scontrol', '-o', 'show', 'job', work).match(/Restarts=1/g)).toHaveLength(2);
  expect(logs[late.task]).toContain('the time of this task is up: what it finished is kept');
  expect(digestOf()).toBe(alone);
});

/** A process that does a shard of the project, another than that of a task, by the files of Linux. */
function workingIn(but?: number): { readonly pid: number; readonly task: number } | undefined {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      const [command, environment] = ['cmdline', 'environ'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'utf8'));
      const [, task] = /(?:^|\0)SLURM_ARRAY_TASK_ID=(\d+)/.exec(environment ?? '') ?? [];
      const isOurs =
        /node .*main\.ts work/.test((command ?? '').replaceAll('\0', ' ')) &&
        readlinkSync(`/proc/${pid}/cwd`) === project.folder;
      return isOurs && task !== undefined && Number(task) !== but ? [{ pid: Number(pid), task: Number(task) }] : [];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  })[0];
}
