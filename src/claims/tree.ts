import { spawnSync } from 'node:child_process';
import { basename, dirname, relative, sep } from 'node:path';
import type { ProjectFiles } from '../project/project.ts';

/** What may decide a claim, as git's pathspecs from the folder of a project: everything but what runs write, and pages of text. */
export const decidingOf = ({
  folder,
  reports,
  registry,
}: Pick<ProjectFiles, 'folder' | 'reports' | 'registry'>): string[] => [
  '.',
  ':(exclude)*.md',
  ...[reports, registry].map((path) => `:(exclude)${relative(folder, path).replaceAll(sep, '/')}`),
];

/** What git, run in a folder, writes; undefined where it fails or is not there. */
export function git(folder: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 });
  return status === 0 ? stdout : undefined;
}

/** A file's path from the root of the repository that its folder lies in, and that folder; undefined where there is none. */
export function pathInRepository(path: string): { readonly folder: string; readonly path: string } | undefined {
  const folder = dirname(path);
  const prefix = git(folder, 'rev-parse', '--show-prefix');
  return prefix === undefined ? undefined : { folder, path: `${prefix.replace(/\n$/, '')}${basename(path)}` };
}

/**
 * The files in places below a folder that are not as the last commit has them, from that folder; undefined where version
 * control knows none of the places.
 */
export function uncommitted(folder: string, places: readonly string[]): string[] | undefined {
  const status = git(
    folder,
    'status',
    '--porcelain=v1',
    '-z',
    '--no-renames',
    '--untracked-files=all',
    '--',
    ...places,
  );
  const tracked = git(folder, 'ls-files', '-z', '--', ...places);
  if (status === undefined || tracked === undefined || `${status}${tracked}` === '') return undefined;
  const prefix = (git(folder, 'rev-parse', '--show-prefix') ?? '').trim();
  return status
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => line.slice('XY '.length).slice(prefix.length));
}

/** The files in places below a folder in which the last commit differs from another one, from that folder. */
export function changedSince(folder: string, commit: string, places: readonly string[]): string[] {
  const names = git(folder, 'diff', '--name-only', '--relative', '-z', '--no-renames', commit, 'HEAD', '--', ...places);
  return (names ?? '').split('\0').filter((name) => name !== '');
}
