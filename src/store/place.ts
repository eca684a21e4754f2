import { existsSync, lstatSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { InputError } from '../core/errors.ts';
import { TEMPORARY } from '../core/whole-file.ts';

const DAY_MS = 86_400_000;

/**
 * Refuses a place for a store that the next run would write over: in the folder of the reports, or around it; links are
 * followed. Throws `InputError`, also for a link that leads nowhere.
 */
export function checkPlace(folder: string, reports: string): void {
  const [real, taken] = [realPlace(folder), realPlace(reports)];
  const got = isWithin(real, taken)
    ? 'a folder of the reports'
    : isWithin(taken, real)
      ? 'a folder that holds the reports'
      : undefined;
  if (got === undefined) return;
  throw new InputError(`cannot use ${folder} as run store`, {
    expected: `a folder outside ${reports}, which every run of the claims writes anew`,
    got,
    todo: 'choose another folder; nothing was changed in this one',
  });
}

/** Whether a path is a folder or lies in it. */
function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(way) !== way);
}

/** A path without links, also where its last parts are not there yet. */
function realPlace(path: string): string {
  const whole = resolve(path);
  if (existsSync(whole)) return realpathSync(whole);
  if (lstatSync(whole, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new InputError(`cannot use ${path} as run store`, {
      expected: 'a folder or a new path',
      got: 'a link to a place that is not there',
      todo: 'make the folder that it leads to, or remove the link',
    });
  }
  const parent = dirname(whole);
  return parent === whole ? whole : join(realPlace(parent), basename(whole));
}

/** How `writeWhole` names its temporary files. */
const OWN_TEMPORARY = new RegExp(`\\.\\d+-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\${TEMPORARY}$`);

/**
 * Removes, below a folder, what our writers that were killed more than a day ago left behind; younger files may still be in use.
 * Never follows a link, and leaves what it may not remove.
 */
export function removeOldTemporaries(folder: string): void {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removeOldTemporaries(path);
    if (!entry.isFile() || !OWN_TEMPORARY.test(entry.name)) continue;
    const { mtimeMs } = lstatSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Number.NaN };
    if (mtimeMs < Date.now() - DAY_MS) tolerantly(() => rmSync(path, { force: true }));
  }
}

function entriesOf(folder: string) {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return tolerantly(() => readdirSync(folder, { withFileTypes: true })) ?? [];
}

/** What `action` gives; undefined where the file system refuses it to this user or to everyone, or another was faster. */
function tolerantly<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return undefined;
  }
}
