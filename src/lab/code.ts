import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashOf } from '../core/canonical.ts';
import { InputError, InvariantError } from '../core/errors.ts';
import { contentHash, fileAt, Sources } from './closure.ts';
import { pathInPackage } from './packages.ts';

const SOURCE = fileURLToPath(new URL('..', import.meta.url));

/** Whether a file is one of this package's own. */
export const isOwn = (path: string): boolean => path.startsWith(SOURCE);

/** The sources of this package and of all that is loaded with it, as they were when they were loaded. */
const LOADED = new Sources({
  name: 'spillover',
  own: isOwn,
  entry: (rest) => fileAt(resolve(SOURCE, rest.slice(1) || 'index')),
});
// All of this package now: before what it names, where a program imports this module first and the rest afterwards.
for (const file of readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }))
  if (!file.includes('.test.')) LOADED.hash(join(SOURCE, file));

/** A file of this package or of another, by its path or its URL. */
type Root = string;
const pathOf = (root: Root): string => (root.startsWith('file:') ? fileURLToPath(root) : resolve(root));

/** The path of a file of this package by its place in it without an ending: TypeScript in a checkout, JavaScript in a package. */
export function ownFile(place: string): string {
  const file = fileAt(resolve(SOURCE, place));
  if (file === undefined) throw new InvariantError(`this package has no ${place}`);
  return file;
}

const hashes = new Map<string, string>();

/**
 * Hash of the code that these files are the roots of, as this process loaded it: their import closure, and the versions of every
 * package in it with all that those depend on. Any change there, even of a comment, is another code; how lines end is no part
 * of it. Nothing else is: a file that no root imports may change. See `Sources.closure`.
 */
export function codeHash(roots: readonly Root[]): string {
  const paths = [...new Set(roots.map(pathOf))].sort();
  const key = paths.join('\n');
  const known = hashes.get(key);
  if (known !== undefined) return known;
  const gone = paths.find((path) => LOADED.hash(path) === undefined);
  if (gone !== undefined) throw new InvariantError(`there is no file ${gone}: its code cannot be part of a key`);
  const { files, packages } = LOADED.closure(paths);
  const sources = [...files].map(([path, hash]) => `${pathInPackage(path)} ${hash}`).sort();
  const hash = hashOf({ sources, packages });
  hashes.set(key, hash);
  return hash;
}

/** The files that these are the roots of, as paths from the folder of their package, sorted; and the packages in them. */
export function codeOf(roots: readonly Root[]): { readonly files: string[]; readonly packages: readonly string[] } {
  const { files, packages } = LOADED.closure(roots.map(pathOf));
  return { files: [...files.keys()].map(pathInPackage).sort(), packages };
}

/**
 * Remembers files and what they import as they are now, before they are loaded: those of a project, which this package does not
 * know of by itself.
 */
export function rememberCode(roots: readonly Root[]): void {
  LOADED.closure(roots.map(pathOf));
}

/**
 * Throws `InputError` where a file that these are the roots of is not the one that this process loaded: what it computes is of
 * no code that a key could name.
 */
export function refuseChangedCode(roots: readonly Root[]): void {
  const changed = changedSince(roots);
  if (changed.length === 0) return;
  throw new InputError('the code changed since this run began', {
    expected: 'its files as they were when they were loaded',
    got: `another ${changed.join(', ')}`,
    todo: 'run again: finished records are kept, and nothing was written since the change',
  });
}

/** The files that these are the roots of, this package's own left out where `beside` says so, that are no longer what was loaded. */
export function changedSince(roots: readonly Root[], { beside = false } = {}): string[] {
  const { files } = LOADED.closure(roots.map(pathOf), beside ? isOwn : undefined);
  return [...files].filter(([path, hash]) => hashNow(path) !== hash).map(([path]) => pathInPackage(path));
}

function hashNow(path: string): string | undefined {
  try {
    return contentHash(readFileSync(path));
  } catch {
    return undefined;
  }
}

/**
 * Hash of the text of a file and, however deep, of those beside this package that it imports by a relative path, as this process
 * loaded them; those of this package are hashed as code. Null where there is no such file.
 */
export function sourcesHash(path: string): string | null {
  const { files, packages } = LOADED.closure([path], isOwn);
  if (files.size === 0) return null;
  // From the file itself, whose own name says nothing.
  const nameOf = (file: string): string => relative(dirname(resolve(path)), file).replaceAll(sep, '/');
  const own = resolve(path);
  return hashOf({ files: [...files].map(([file, hash]) => [file === own ? '' : nameOf(file), hash]), packages });
}
