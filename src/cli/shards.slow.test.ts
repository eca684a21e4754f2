import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Evidence } from '../claims/evidence.ts';
import { type ScratchProject, TSX } from './scratch-project.test.helper.ts';
import { TINY_CLAIM, tinyProject } from './tiny-project.test.helper.ts';

// A claim on a tiny setup, trained by one process and by shards: to the bit the same.

let project: ScratchProject;
const spillover = (args: readonly string[], store: string, variables: Readonly<Record<string, string>> = {}) =>
  project.run(TSX, ['src/cli/main.ts', ...args], {
    SPILLOVER_STORE: join(project.folder, store),
    SPILLOVER_PROFILE: 'quick',
    ...variables,
  });
/** What the claim comes to on a store: its digest, and what trained. */
async function judgedOn(
  store: string,
): Promise<Pick<Evidence, 'digest' | 'devices' | 'values'> & { readonly trained: string }> {
  const { stderr } = await spillover(['reproduce'], store);
  const { claims } = JSON.parse(readFileSync(join(project.folder, 'reports/latest/claims.json'), 'utf8')) as {
    claims: Evidence[];
  };
  const [{ digest, devices, values }] = claims as [Evidence];
  return { digest, devices, values, trained: /trained \d+ of \d+ runs/.exec(stderr)?.[0] ?? 'nothing' };
}

beforeAll(() => {
  project = tinyProject({ 's1.test.ts': TINY_CLAIM });
});
afterAll(() => rmSync(project.folder, { recursive: true }));

const LONG = { timeout: 20 * 60_000 };

test(
  'what two shards made in stores of their own and a merge put together is judged as what one process made',
  LONG,
  async () => {
    const { stdout: plan } = await spillover(['plan', '--shards', '2', '--json', 'plan.json'], 'one');
    expect(plan).toMatch(/6 lineages, 18 runs, of which 18 are missing/);
    const alone = await judgedOn('one');
    for (const shard of [1, 2]) {
      const { code, stderr } = await spillover(['work', '--shard', `${shard}/2`], `shard-${shard}`);
      expect(code, stderr).toBe(0);
      expect(stderr).toMatch(new RegExp(`shard ${shard}/2: \\d of 6 lineages`));
    }
    const gap = await spillover(['merge', 'shard-1'], 'merged');
    expect(gap.code).toBe(1);
    expect(gap.stderr).toMatch(/lack runs of the plan/);
    const merged = await spillover(['merge', 'shard-1', 'shard-2'], 'merged');
    expect(merged.code, merged.stderr).toBe(0);
    expect(merged.stdout).toMatch(/18 runs made on /);
    const together = await judgedOn('merged');
    expect(together.trained).toBe('nothing');
    expect({ ...together, trained: alone.trained }).toEqual(alone);
    expect((await spillover(['plan'], 'merged')).stdout).toMatch(/of which 0 are missing/);
  },
);

test(
  'a shard that is killed loses what was in flight alone, and shards that share a store make each run once',
  LONG,
  async () => {
    const store = 'shared';
    const environment = {
      SPILLOVER_STORE: join(project.folder, store),
      SPILLOVER_PROFILE: 'quick',
      SPILLOVER_WORKERS: '1',
    };
    const started = project.start(TSX, ['src/cli/main.ts', 'work', '--shard', '1/2'], environment);
    for (let waited = 0; waited < 600 && !(await someRecord(store)); waited++) await sleep(100);
    started.child.kill('SIGKILL');
    await started.ended;
    const tasks = await Promise.all(
      ['0', '1'].map((task) =>
        spillover(['work', '--shards', '2'], store, {
          SLURM_ARRAY_TASK_ID: task,
          SLURM_ARRAY_TASK_COUNT: '2',
          SPILLOVER_WORKERS: '1',
        }),
      ),
    );
    for (const { code, stderr } of tasks) expect(code, stderr).toBe(0);
    const alone = await judgedOn('one');
    const shared = await judgedOn(store);
    expect(shared.digest).toBe(alone.digest);
    expect(shared.trained).toBe('nothing');
  },
);

async function someRecord(store: string): Promise<boolean> {
  const { stdout } = await spillover(['plan'], store);
  return !/of which 18 are missing/.test(stdout);
}

test(
  'a store of another engine has none of the runs, the same runs twice are merged, and a shard that there is not is refused',
  LONG,
  async () => {
    const other = { SPILLOVER_ENGINE: 'tfjs:cpu' };
    cpSync(join(project.folder, 'merged'), join(project.folder, 'copy'), { recursive: true });
    expect((await spillover(['merge', 'copy', 'merged'], 'again')).code).toBe(0);
    // Another engine makes records of other keys: to the plan of this one they are not there.
    const strange = await spillover(['merge', 'merged'], 'strange', other);
    expect(strange.code).toBe(1);
    expect(strange.stderr).toMatch(/lack runs of the plan/);
    const { code, stderr } = await spillover(['work', '--shard', '3/2'], 'one');
    expect(code).toBe(1);
    expect(stderr).toMatch(/no such shard/);
  },
);
