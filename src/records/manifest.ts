import { lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../core/canonical.ts';
import { InputError } from '../core/errors.ts';
import { writeSynced } from '../core/whole-file.ts';

/** Lists what we wrote in a folder, so that only that is ever removed. */
export const MANIFEST = 'manifest.json';

const schema = z.strictObject({ format: z.literal(1), files: z.record(z.string(), z.string()) });

/** The files that we wrote in a folder, as paths with /, each with the SHA-256 of its content. */
export type Manifest = ReadonlyMap<string, string>;

/** Everything in a folder but folders, as paths with /; links are listed and never followed; nothing where there is none. */
export function entriesIn(folder: string, under = ''): string[] {
  // Another process may take the folder away at any time.
  const entries = unlessGone(() => readdirSync(join(folder, under), { withFileTypes: true })) ?? [];
  return entries.flatMap((entry) => {
    const path = under === '' ? entry.name : `${under}/${entry.name}`;
    return entry.isDirectory() ? entriesIn(folder, path) : [path];
  });
}

/** What is at a path, links not followed; undefined where nothing is. */
export const statAt = (path: string): Stats | undefined => unlessGone(() => lstatSync(path));

/** What `look` gives; undefined where what it looks at is not there. */
function unlessGone<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** The SHA-256 of a file; undefined of what is no plain file. */
export function hashIn(folder: string, path: string): string | undefined {
  const full = join(folder, path);
  const there = statAt(full);
  return there?.isFile() === true ? sha256(readFileSync(full)) : undefined;
}

/** Writes the manifest of all that is in a folder. */
export function writeManifest(folder: string): void {
  const files = Object.fromEntries(
    entriesIn(folder)
      .sort()
      .map((path) => [path, hashIn(folder, path)]),
  );
  writeSynced(join(folder, MANIFEST), `${JSON.stringify({ format: 1, files }, null, 2)}\n`);
}

/** The manifest of a folder; undefined where it has none that can be read: then nothing in it is known to be ours. */
export function readManifest(folder: string): Manifest | undefined {
  if (hashIn(folder, MANIFEST) === undefined) return undefined;
  try {
    const { files } = schema.parse(JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')));
    return new Map(Object.entries(files));
  } catch {
    return undefined;
  }
}

/** The files of a manifest that are there and are not as we wrote them. */
export function changedSince(folder: string, manifest: Manifest): string[] {
  return [...manifest]
    .filter(([path, hash]) => ![hash, undefined].includes(hashIn(folder, path)))
    .map(([path]) => path);
}

/** Throws `InputError` where a folder is a link, or holds one: what is behind it belongs to somebody else. */
export function refuseLinks(folder: string): void {
  const there = statAt(folder);
  if (there === undefined) return;
  if (!there.isDirectory()) {
    throw new InputError(`${folder} is no folder`, {
      expected: 'a folder of our own, or nothing',
      got: there.isSymbolicLink() ? 'a link' : 'a file',
      todo: 'move it away; what is behind it was left as it is',
    });
  }
  const link = entriesIn(folder).find((path) => statAt(join(folder, path))?.isSymbolicLink());
  if (link === undefined) return;
  throw new InputError(`${folder} holds a link`, {
    expected: 'plain files and folders: a report is replaced as a whole',
    got: link,
    todo: 'move it away; what is behind it was left as it is',
  });
}
