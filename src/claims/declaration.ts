import { hashOf } from '../core/canonical.ts';
import { Sources } from '../lab/closure.ts';
import { isOwn } from '../lab/code.ts';
import type { Configuration } from '../project/configuration.ts';
import { type ProjectFiles, setupFile } from '../project/project.ts';
import type { Declared } from './declared.ts';
import { lastChange } from './last-change.ts';
import { setupNamesOf } from './placed.ts';
import { kindsOf, type Read, type Reading, together } from './seeds-read.ts';
import { setupsOf } from './spec-hash.ts';
import { git } from './tree.ts';

/** What a claim says now, and since when it does. */
export interface Made {
  /** As in `Declaration`. */
  readonly text: string;
  /** Undefined where version control does not know all its files, or has not its whole past. */
  readonly since?: Since | undefined;
}

interface Since {
  readonly commit: string;
  /** What every registry had looked at that does not come after that commit: one of the same commit, or of another branch, counts. */
  readonly read: Read;
}

/** What a claim says now, and since when it does, beside what the registries that version control has had looked at. */
export function madeOf(declared: Declared, configuration: Configuration, readings: readonly Reading[]): Made {
  const { project } = configuration;
  const { spec } = declared.of ?? declared;
  const names = setupNamesOf(spec);
  return {
    text: hashOf({ claim: declared.text, ...setupsOf(declared, configuration) }),
    since: sinceWhen([...filesOf(declared), ...names.map((name) => setupFile(project, name))], project, (commits) =>
      together(readings.filter(commits), kindsOf(spec, project)),
    ),
  };
}

/** The files of a claim, and those that they import from beside this package. */
function filesOf({ path }: Declared): string[] {
  const beside = new Sources({ name: 'spillover', own: isOwn, entry: () => undefined });
  return [...beside.closure([path], isOwn).files.keys()];
}

function sinceWhen(
  files: readonly (string | undefined)[],
  project: ProjectFiles,
  readOf: (before: (reading: Reading) => boolean) => Read,
): Since | undefined {
  const { folder } = project;
  if (git(folder, 'rev-parse', '--is-shallow-repository')?.trim() !== 'false') return undefined;
  const changes = files.map((file) => (file === undefined ? undefined : lastChange(file)));
  if (!changes.every((commit) => commit !== undefined)) return undefined;
  const history = (git(folder, 'rev-list', '--topo-order', 'HEAD') ?? '').split('\n');
  const commit = history.find((each) => changes.includes(each));
  if (commit === undefined) return undefined;
  const after = [...new Set(changes)].map((change) => descendants(folder, change));
  return { commit, read: readOf((reading) => !after.every((all) => all.has(reading.commit))) };
}

/** The commits up to the checked-out one that come after a commit on every line of descent that they have from it. */
const descendants = (folder: string, commit: string): ReadonlySet<string> =>
  new Set((git(folder, 'rev-list', '--ancestry-path', `${commit}..HEAD`) ?? '').split('\n'));
