import { execFileSync } from 'node:child_process';
import { type BigIntStats, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, sha256 } from '../core/canonical.ts';

/** The files of a project, as two hashes. */
export interface Tree {
  /** Of their paths and contents. */
  readonly content: string;
  /** Of when the system says they were last changed: another one where a file was changed and changed back. */
  readonly times: string;
}

/** What a run writes into a project that no repository tells from its sources. */
const WRITTEN = ['.git', 'node_modules', '.spillover', 'reports/latest', 'reports/partial'];

/**
 * The files of a folder: in a git repository those that are tracked and those that no `.gitignore` there leaves out, elsewhere
 * all but what a run writes. Throws the error of the file system where one cannot be read.
 */
export function treeOf(folder: string): Tree {
  const facts = filesOf(folder).map((file) => factsOf(folder, file));
  return {
    content: hashOf(facts.map(({ file, content }) => [file, content])),
    times: hashOf(facts.map(({ file, time }) => [file, time])),
  };
}

/** Paths from the folder, with `/` between their parts, each once and in order. */
function filesOf(folder: string): string[] {
  const known = filesOfGit(folder);
  const files = known === undefined ? walk(folder, '') : known.flatMap((path) => withoutFolders(folder, path));
  return [...new Set(files)].sort();
}

/** What git lists, whatever the user's own settings ignore; undefined where there is no git or no repository. */
function filesOfGit(folder: string): string[] | undefined {
  const asked = ['ls-files', '-z', '--cached', '--others', '--exclude-per-directory=.gitignore'];
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  try {
    const listed = execFileSync('git', asked, {
      ...{ cwd: folder, env: Object.fromEntries(environment), encoding: 'utf8', maxBuffer: 1e9 },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return listed.split('\0').filter((path) => path !== '');
  } catch {
    return undefined;
  }
}

/** A file is itself; a repository within the repository, which git lists as one path, is its files. */
function withoutFolders(folder: string, path: string): string[] {
  const bare = path.replace(/\/$/, '');
  return statOf(join(folder, bare))?.isDirectory() === true ? walk(folder, bare) : [bare];
}

function walk(folder: string, under: string): string[] {
  return readdirSync(join(folder, under), { withFileTypes: true }).flatMap((entry) => {
    const path = under === '' ? entry.name : `${under}/${entry.name}`;
    if (WRITTEN.includes(path) || ['.git', 'node_modules'].includes(entry.name)) return [];
    return entry.isDirectory() ? walk(folder, path) : [path];
  });
}

const statOf = (path: string): BigIntStats | undefined => lstatSync(path, { bigint: true, throwIfNoEntry: false });

/** What is at a path: contents with the right to run them, where a link leads, or nothing where git tracks what was removed. */
function factsOf(folder: string, file: string): { file: string; content: string; time: string } {
  const path = join(folder, file);
  const stat = statOf(path);
  if (stat === undefined) return { file, content: 'absent', time: '' };
  const runs = (stat.mode & 0o100n) !== 0n ? 'runs' : 'plain';
  const content = stat.isSymbolicLink()
    ? `link ${readlinkSync(path)}`
    : stat.isFile()
      ? `${runs} ${sha256(readFileSync(path))}`
      : 'neither file nor link';
  return { file, content, time: `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}` };
}
