import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { withLock } from '../claims/lock.ts';
import { InputError } from '../core/errors.ts';
import {
  changedSince,
  entriesIn,
  hashIn,
  MANIFEST,
  type Manifest,
  readManifest,
  refuseLinks,
  statAt,
  writeManifest,
} from './manifest.ts';

/** What `explore` writes into the folder of the latest run, between runs. */
export const EXPLORATION = /^explore-.*\.json$/;

const DAY_MS = 86_400_000;

interface Replacing {
  readonly explored: boolean;
  readonly say: (message: string) => void;
}

/** Names beside a report's folder that are ours: one being written, one being replaced, and the lock. */
const namesBeside = (folder: string) => {
  const [parent, name] = [dirname(resolve(folder)), basename(resolve(folder))];
  return {
    parent,
    staging: `.${name}-staging-`,
    previous: `.${name}-previous-`,
    lock: join(parent, `.${name}.lock`),
    setAside: join(parent, 'set-aside'),
  };
};

/** Holds other processes off a report's folder while `work` changes it. */
export const lockedFolder = <T>(folder: string, work: () => T | Promise<T>): Promise<T> =>
  withLock(namesBeside(folder).lock, work);

/**
 * Replaces a report's folder by what `write` puts into an empty one, whole or not at all: everything is written beside first,
 * then the folders change places. Where `write` fails, or the disk is full, the folder stays as it was. Of what was there only
 * files are removed that its manifest lists and that are as we wrote them. Everything else stays: what the new one has no
 * place for goes to `set-aside/` beside it, and `say` tells. Where the folder is `explored`, explorations are written into it
 * between runs: none is removed, the newest stays, and one that the new folder does not hold is set aside. Two processes at
 * once do it one after the other. Throws `InputError` on a link, and where the disk is full.
 */
export async function replaceFolder(
  folder: string,
  write: (staging: string) => void | Promise<void>,
  { explored = false, say = (message) => process.stderr.write(`${message}\n`) }: Partial<Replacing> = {},
): Promise<void> {
  refuseLinks(folder);
  const replacing = { explored, say };
  const { parent, staging: prefix, previous: previousPrefix } = namesBeside(folder);
  const staging = join(parent, `${prefix}${randomUUID()}`);
  try {
    mkdirSync(staging, { recursive: true });
    await write(staging);
    writeManifest(staging);
    await lockedFolder(folder, () => {
      finishReplacing(folder, replacing);
      const previous = join(parent, `${previousPrefix}${randomUUID()}`);
      if (existsSync(folder)) renameSync(folder, previous);
      try {
        renameSync(staging, folder);
      } catch (error) {
        if (existsSync(previous)) renameSync(previous, folder);
        throw error;
      }
      if (existsSync(previous)) settleOrSay(previous, folder, replacing);
    });
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    throw explained(folder, error);
  }
}

/** Ends what a process that was killed while it replaced the folder left, and removes what killed writers left a day ago. */
function finishReplacing(folder: string, replacing: Replacing): void {
  const { parent, staging, previous } = namesBeside(folder);
  for (const name of readdirSync(parent)) {
    const path = join(parent, name);
    const there = statAt(path);
    if (there?.isDirectory() !== true) continue;
    if (isNamed(name, previous)) {
      if (existsSync(folder)) settleOrSay(path, folder, replacing);
      else renameSync(path, folder);
    } else if (isNamed(name, staging)) {
      if (there.mtimeMs < Date.now() - DAY_MS) rmSync(path, { recursive: true, force: true });
    }
  }
}

/** Whether a name is one that we give: nothing else that begins so is ours. */
const isNamed = (name: string, prefix: string): boolean =>
  name.startsWith(prefix) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name.slice(prefix.length));

/** The new folder is in its place: what cannot be cleared up now is told, and cleared up by the next run. */
function settleOrSay(previous: string, folder: string, replacing: Replacing): void {
  try {
    settle(previous, folder, replacing);
  } catch (error) {
    replacing.say(`${folder} is written; what was there before is left in ${previous}: ${String(error)}`);
  }
}

/** Takes apart the folder that was replaced: removes what is ours in it, and puts everything else where it can stay. */
function settle(previous: string, folder: string, { explored, say }: Replacing): void {
  const manifest = readManifest(previous);
  const isAlive = (path: string): boolean => explored && EXPLORATION.test(path);
  const kept = entriesIn(previous).filter(
    (path) => !isOurs(previous, path, folder, isAlive(path) ? undefined : manifest),
  );
  const aside: string[] = [];
  for (const path of kept) {
    const isExploration = isAlive(path);
    // An exploration that ended while the new folder was written is newer than the one in it.
    const stays = isExploration ? existsSync(join(folder, path)) : manifest !== undefined;
    const target = join(folder, path);
    if (stays && (isExploration || hasPlaceFor(folder, path))) {
      mkdirSync(dirname(target), { recursive: true });
      renameSync(join(previous, path), target);
    } else aside.push(path);
  }
  setAside(previous, aside, folder, say);
  for (const path of entriesIn(previous)) unlinkSync(join(previous, path));
  removeEmptyFolders(previous);
}

/** Whether a folder has nothing at a path, and no file where the path has a folder. */
function hasPlaceFor(folder: string, path: string): boolean {
  const parts = path.split('/');
  const at = (depth: number) => statAt(join(folder, ...parts.slice(0, depth)));
  return parts.every((_, i) => at(i + 1) === undefined || (i + 1 < parts.length && at(i + 1)?.isDirectory() === true));
}

/** Whether a file may go: we wrote it and it is as we wrote it, or the new folder holds the same. */
function isOurs(previous: string, path: string, folder: string, manifest: Manifest | undefined): boolean {
  const hash = hashIn(previous, path);
  if (path === MANIFEST) return manifest !== undefined;
  if (hash === undefined) return false;
  return hash === hashIn(folder, path) || hash === manifest?.get(path);
}

/** Moves files of a folder that is taken apart to a folder of their own beside it, and tells. */
function setAside(previous: string, paths: readonly string[], folder: string, say: Replacing['say']): void {
  if (paths.length === 0) return;
  const place = join(namesBeside(folder).setAside, randomUUID().slice(0, 8));
  for (const path of paths) {
    const target = join(place, path);
    mkdirSync(dirname(target), { recursive: true });
    renameSync(join(previous, path), target);
  }
  const more = paths.length > 3 ? ` and ${paths.length - 3} more` : '';
  say(`not of this run, set aside in ${place}: ${paths.slice(0, 3).join(', ')}${more}`);
}

function removeEmptyFolders(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeEmptyFolders(join(folder, entry.name));
  rmdirSync(folder);
}

/**
 * Throws `InputError` unless a folder is absent, empty, or a report that we wrote: one with our manifest, none of whose
 * files somebody changed since.
 */
export function refuseForeign(folder: string): void {
  refuseLinks(folder);
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  const manifest = readManifest(folder);
  const expected = 'a new or empty folder, or a report that we wrote and nobody changed';
  const todo = 'give another folder with --to, or move away what is there';
  if (manifest === undefined) {
    const got = readdirSync(folder).slice(0, 5).join(', ');
    throw new InputError(`${folder} is not empty and holds no report of ours (no ${MANIFEST})`, {
      expected,
      got,
      todo,
    });
  }
  const changed = changedSince(folder, manifest);
  if (changed.length === 0) return;
  const got = `changed since: ${changed.join(', ')}`;
  throw new InputError(`${folder} was changed by somebody`, { expected, got, todo });
}

const FAULTS: Readonly<Record<string, { readonly expected: string; readonly todo: string }>> = {
  ENOSPC: { expected: 'free space on the disk', todo: 'free some space, then run again: nothing is trained twice' },
  EDQUOT: { expected: 'space within the quota', todo: 'free some space, then run again: nothing is trained twice' },
  EACCES: { expected: 'a folder whose parent can be written', todo: 'change its permissions, or give another one' },
  EROFS: { expected: 'a folder whose parent can be written', todo: 'give another one' },
  EBUSY: { expected: 'a folder that can be replaced', todo: 'close what holds it; mount its parent, not the folder' },
  EXDEV: { expected: 'a folder that can be replaced', todo: 'mount its parent, not the folder itself' },
};

function explained(folder: string, error: unknown): unknown {
  const fault = FAULTS[(error as NodeJS.ErrnoException).code ?? ''];
  if (fault === undefined) return error;
  return new InputError(`cannot write ${folder}; what was there is as it was`, { ...fault, got: String(error) });
}
