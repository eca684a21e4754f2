import { type Counts, type Ended, withSkipped } from './counts.ts';
import { type Passed, recall, remember, runKey } from './passed.ts';
import { type Tree, treeOf } from './tree.ts';

/** Where outcomes are looked up and kept. */
interface Places {
  /** The project's folder, whose files are part of the key. */
  readonly project: string;
  /** Its `node_modules`. */
  readonly modules: string;
  /** The folder of what is remembered. */
  readonly kept: string;
}

/** What is known of vitest projects before a run, and what it teaches. */
export interface Memory {
  /** The projects that need not run: every test of them passed on these very files and this machine. */
  readonly known: ReadonlyMap<string, Passed>;
  /**
   * Keeps the projects that ended without a failure, of a run in which nothing broke outside of tests. Nothing of a run during
   * which a file changed.
   */
  readonly learn: (ended: ReadonlyMap<string, Ended>) => void;
}

/** Whether everything runs: where that is asked for, and in continuous integration. */
export const runsAll = (asked: boolean, { CI = '' }: NodeJS.ProcessEnv): boolean =>
  asked || !['', '0', 'false'].includes(CI.toLowerCase());

/** Runs everything and keeps nothing. */
const NO_MEMORY: Memory = { known: new Map(), learn: () => {} };

/**
 * The memory of some vitest projects in these surroundings, as they are now. With `all` nothing counts as known, and what passes is
 * kept. Where the files cannot be read or told from those of another time, it knows and keeps nothing.
 */
export function memoryOf(
  projects: readonly string[],
  places: Places,
  { all, environment }: { readonly all: boolean; readonly environment: NodeJS.ProcessEnv },
): Memory {
  const before = readable(() => treeOf(places.project));
  const key = before && readable(() => runKey(before, environment, places.modules));
  if (before === undefined || key === undefined) return NO_MEMORY;
  const recalled = all ? [] : projects.map((project) => [project, recall(places.kept, project, key)] as const);
  const known = new Map(recalled.filter((each): each is [string, Passed] => each[1] !== undefined));
  const learn: Memory['learn'] = (ended) => {
    const sound = [...ended].filter(([project, { whole, failed, passed }]) => {
      return projects.includes(project) && whole && failed === 0 && passed > 0;
    });
    const after = readable(() => treeOf(places.project));
    if (after === undefined || !same(before, after)) return;
    const at = new Date().toISOString();
    for (const [project, { passed, skipped }] of sound)
      readable(() => remember(places.kept, project, key, { at, passed, skipped: [...skipped] }));
  };
  return { known, learn };
}

const same = (a: Tree, b: Tree): boolean => a.content === b.content && a.times === b.times;

/** Counts with the tests that are known to pass, as skipped; `again` is the command that runs them. */
export function withKnown(counts: Counts, { known }: Memory, again: string): Counts {
  return [...known.values()].reduce((sum, { at, passed, skipped }) => {
    const when = `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
    return withSkipped(sum, [[`passed on this very tree at ${when}; ${again} runs them again`, passed], ...skipped]);
  }, counts);
}

/** What `read` gives; undefined where the file system refuses. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).code === 'string') return undefined;
    throw error;
  }
}
