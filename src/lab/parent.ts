import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const POLL_MS = 2_000;
const PATIENCE_MS = 5_000;

/** One process of this machine. */
export interface ProcessFacts {
  readonly parent: number;
  readonly command: string;
}

/**
 * The processes that only start others for the user, from the parent of `pid` up: as far as npm where it is among them (npm,
 * a shell, tsx), else those that are tsx. What started those may end, as a terminal does, and the work goes on.
 */
export function starters(pid: number, processes: ReadonlyMap<number, ProcessFacts>): number[] {
  const above: number[] = [];
  let at = processes.get(pid)?.parent;
  while (at !== undefined && at > 1 && !above.includes(at)) {
    above.push(at);
    at = processes.get(at)?.parent;
  }
  const is = (pattern: RegExp) => (each: number) => pattern.test(processes.get(each)?.command ?? '');
  const npm = above.findIndex(is(/(^|[\\/ ])(npm|npx|pnpm|yarn)(-cli)?(\.c?js)?( |$)/));
  if (npm >= 0) return above.slice(0, npm + 1);
  const others = above.findIndex((each) => !is(/[\\/ ]tsx([\\/. ]|$)/)(each));
  return above.slice(0, others < 0 ? above.length : others);
}

/**
 * Ends this process, and with it those that it started, when a process that started it for the user is gone: where npm alone is
 * killed, nothing that it ran goes on in the dark. Looks every 2 s, and never keeps a process alive.
 */
export function endWithParent(): void {
  const watched = starters(process.pid, processesHere());
  if (watched.length === 0) return;
  setInterval(() => {
    const gone = watched.find((pid) => !isAlive(pid));
    if (gone === undefined) return;
    process.stderr.write(
      `process ${gone}, which started this one, is gone: this one ends too; finished records are kept\n`,
    );
    process.exit(1);
  }, POLL_MS).unref();
}

/** Whether a process runs; one that has ended and that nobody has looked at since does not. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
  return !/^Z/.test(statOf(pid)?.state ?? '');
}

/** State and parent of a process, as Linux tells them. */
function statOf(pid: number): { readonly state: string; readonly parent: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold anything.
    const [state = '', parent] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

/** Every process of this machine that can be seen, by id; none where neither /proc nor ps tells. */
function processesHere(): ReadonlyMap<number, ProcessFacts> {
  if (statOf(process.pid) !== undefined) {
    const ids = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
    return new Map(
      ids.flatMap((pid) => {
        const parent = statOf(pid)?.parent;
        return parent === undefined ? [] : [[pid, { parent, command: commandOf(pid) }] as const];
      }),
    );
  }
  try {
    const columns = ['-A', '-o', 'pid=,ppid=,command='];
    return processesIn(execFileSync('ps', columns, { encoding: 'utf8', stdio: 'pipe', timeout: PATIENCE_MS }));
  } catch {
    return new Map();
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Processes by id in what `ps -A -o pid=,ppid=,command=` says. */
export function processesIn(text: string): ReadonlyMap<number, ProcessFacts> {
  const lines = [...text.matchAll(/^\s*(\d+)\s+(\d+)\s+(.*)$/gm)];
  return new Map(lines.map(([, pid, parent, command = '']) => [Number(pid), { parent: Number(parent), command }]));
}
