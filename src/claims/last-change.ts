import { posix } from 'node:path';
import { git, pathInRepository } from './tree.ts';

/** A relative path in quotes, as imports have it. */
const RELATIVE = /(['"])(\.{1,2}\/[^'"\n]+)\1/g;

/**
 * The last commit that changed what a file says. A commit that only moves it, or that only names other paths in it for files that it
 * moves, changes nothing; a merge does that agrees with none of its parents. Undefined where version control does not know
 * the file.
 */
export function lastChange(file: string): string | undefined {
  const place = pathInRepository(file);
  if (place === undefined) return undefined;
  const { folder } = place;
  let [at, from] = [place.path, 'HEAD'];
  for (;;) {
    const commit = git(folder, 'log', '-1', '--format=%H', from, '--', `:(top,literal)${at}`)?.trim();
    if (commit === undefined || commit === '') return undefined;
    const moved = movedBy(folder, commit);
    const before = [...moved].find(([, to]) => to === at)?.[0] ?? at;
    const was = git(folder, 'show', `${commit}^:${before}`);
    const isMerge = git(folder, 'rev-parse', '--verify', '--quiet', `${commit}^2`) !== undefined;
    if (was === undefined || isMerge) return commit;
    if (afterMoves(was, before, at, moved) !== git(folder, 'show', `${commit}:${at}`)) return commit;
    [at, from] = [before, `${commit}^`];
  }
}

/** Where a commit moves files, by where they were; a file may be edited while it is moved. */
function movedBy(folder: string, commit: string): ReadonlyMap<string, string> {
  const fields = (git(folder, 'diff-tree', '-r', '-M', '-z', '--name-status', `${commit}^`, commit) ?? '').split('\0');
  const moved = new Map<string, string>();
  for (let i = 0; i + 1 < fields.length; i += fields[i]?.startsWith('R') ? 3 : 2)
    if (fields[i]?.startsWith('R')) moved.set(fields[i + 1] as string, fields[i + 2] as string);
  return moved;
}

/** The text of a file that moves from `before` to `at`, with its relative paths as these moves make them. */
function afterMoves(text: string, before: string, at: string, moved: ReadonlyMap<string, string>): string {
  return text.replace(RELATIVE, (whole, quote: string, named: string) => {
    const old = posix.join(posix.dirname(before), named);
    const now = moved.get(old) ?? old;
    if (now === old && posix.dirname(before) === posix.dirname(at)) return whole;
    const path = posix.relative(posix.dirname(at), now);
    return `${quote}${path.startsWith('.') ? path : `./${path}`}${quote}`;
  });
}
