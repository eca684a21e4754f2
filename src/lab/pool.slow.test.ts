import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const ENDLESS = 1_000_000;
let root: string;
let heard: string[];
let child: ChildProcess | undefined;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pool-test-'));
  heard = [];
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});

/** Starts a run of two bases in a project, in a process of its own. */
function start(project: string, steps: number, ...more: readonly string[]): ChildProcess {
  const path = join(project, 'src', 'lab', 'pool.test.child.ts');
  child = fork(path, [join(root, 'store'), `${steps}`, ...more], { cwd: project, execArgv: ['--import', 'tsx'] });
  child.on('message', (text) => heard.push(String(text)));
  return child;
}

/** Waits until something was said that fits. */
async function hear(pattern: RegExp): Promise<string> {
  for (;;) {
    const found = heard.find((text) => pattern.test(text));
    if (found !== undefined) return found;
    if (child?.exitCode !== null || child.signalCode !== null) throw new Error(`ended after: ${heard.join('\n')}`);
    await sleep(50);
  }
}

const records = (kind: string): string[] => {
  const folder = join(root, 'store', 'records', kind);
  return existsSync(folder) ? readdirSync(folder) : [];
};

test('code that is edited while a run trains is never written under the key of what ran', async () => {
  const project = join(root, 'project');
  for (const part of ['src', 'fixtures', 'package.json'])
    cpSync(join(PROJECT, part), join(project, part), { recursive: true });
  symlinkSync(join(PROJECT, 'node_modules'), join(project, 'node_modules'));
  start(project, 150);
  await hear(/step \d/);
  const edited = join(project, 'src', 'measure', 'drift.ts');
  writeFileSync(edited, `${readFileSync(edited, 'utf8')}\n// Edited.\n`);
  const fault = await hear(/Error|all done/);
  expect(fault).toMatch(
    /^InputError: base \d: the code changed since this run began[\s\S]*got: another src\/measure\/drift.ts/,
  );
  expect(records('base')).toEqual([]);
});

/** The children of a process, on Linux. */
const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
const runs = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};
const LINUX = process.platform === 'linux';

test.runIf(LINUX).each(['SIGTERM', 'SIGHUP', 'SIGKILL'] as const)('%s leaves no worker behind', async (signal) => {
  const { pid = 0 } = start(PROJECT, ENDLESS);
  await Promise.all([hear(/base 1 step/), hear(/base 2 step/)]);
  const workers = childrenOf(pid).filter((each) => /worker\.ts/.test(readFileSync(`/proc/${each}/cmdline`, 'utf8')));
  expect(workers).toHaveLength(2);
  const ended = once(child as ChildProcess, 'exit');
  process.kill(pid, signal);
  await ended;
  const until = Date.now() + 10_000;
  while (workers.some(runs) && Date.now() < until) await sleep(50);
  expect(workers.filter(runs)).toEqual([]);
});

test.runIf(LINUX)(
  'a worker that was stopped is reported with its process id, once, and a working one is not',
  async () => {
    const { pid = 0 } = start(PROJECT, ENDLESS, '4000');
    await Promise.all([hear(/base 1 step/), hear(/base 2 step/)]);
    const stopped = childrenOf(pid).find((each) =>
      /worker\.ts/.test(readFileSync(`/proc/${each}/cmdline`, 'utf8')),
    ) as number;
    process.kill(stopped, 'SIGSTOP');
    // A stopped process ends with nobody: not with its parent, should this test fail.
    onTestFinished(() => {
      if (runs(stopped)) process.kill(stopped, 'SIGKILL');
    });
    heard = [];
    const report = await hear(/has said nothing/);
    expect(report).toMatch(
      new RegExp(`worker process ${stopped} has said nothing for 4 s during base \\d: it was stopped or it hangs`),
    );
    await sleep(6_000);
    expect(heard.filter((text) => text.includes('has said nothing'))).toEqual([report]);
    process.kill(stopped, 'SIGKILL');
    expect(await hear(/a worker died/)).toMatch(/^Error: a worker died \(SIGKILL\) during base \d/);
  },
);
