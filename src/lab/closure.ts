import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, resolve } from 'node:path';
import { sha256 } from '../core/canonical.ts';
import { InputError } from '../core/errors.ts';
import { behind, dependenciesOf, isFile, loadableIn, packageFile } from './packages.ts';

/** One file of a program as it was when it was first asked for. */
interface Source {
  /** See `contentHash`. */
  readonly hash: string;
  /** Its text where it is code, which may import. */
  readonly code: string | undefined;
}

/** What a file imports: files by their paths, packages by their names. */
interface References {
  readonly files: readonly string[];
  readonly packages: readonly string[];
}

/** This package: its name, which files are its own, and the file that its name with the rest of a specifier means elsewhere. */
interface Self {
  readonly name: string;
  readonly own: (path: string) => boolean;
  readonly entry: (rest: string) => string | undefined;
}

/** What a program is made of: its files with their hashes by path, and the packages that they import, as `name@version`. */
export interface Closure {
  readonly files: ReadonlyMap<string, string>;
  readonly packages: readonly string[];
}

/** Imports of types alone, which are gone when a program runs. */
const TYPE_IMPORTS = /\b(?:import|export)\s+type\s+(?:\{[^{}]*\}|\*\s+as\s+[\w$]+|[\w$]+)\s+from\s*['"][^'"]+['"]/g;
const RELATIVE = /['"`](\.{1,2}\/[^'"`\n]+)['"`]/g;
/** What stands where an import says from where. */
const IMPORTED = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)['"]([^'"\n]+)['"]/g;
const BARE = /['"`]((?:@[\w.~-]+\/)?[A-Za-z0-9][\w.~-]*)(?:\/[^'"`\s]*)?['"`]/g;
/** What a path may stand for: itself, TypeScript that is imported by the name it is built to or without any ending. */
const ENDINGS: readonly (readonly [ending: RegExp, as: string])[] = [
  [/\.js$/, '.ts'],
  [/\.js$/, '.tsx'],
  [/\.jsx$/, '.tsx'],
  [/\.mjs$/, '.mts'],
  [/\.cjs$/, '.cts'],
  [/$/, ''],
  [/$/, '.ts'],
  [/$/, '.tsx'],
  [/$/, '.js'],
  [/$/, '.mts'],
  [/$/, '.json'],
  [/$/, '/index.ts'],
  [/$/, '/index.tsx'],
  [/$/, '/index.js'],
];

/** Hash of a text whatever ends its lines and whether or not a byte order mark begins it. */
export function textHash(text: string): string {
  return sha256(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
}

/** Hash of what a file holds: of text as `textHash` gives it, of other bytes as they are. */
export const contentHash = (bytes: Buffer): string =>
  isUtf8(bytes) ? textHash(bytes.toString('utf8')) : sha256(bytes);

/**
 * The sources of programs, each read once: what they are is what they were then. What a file imports is looked for when a closure
 * asks. Of files that are not this package's own, an import that can be told to load something that no closure covers is an
 * `InputError`.
 */
export class Sources {
  readonly #known = new Map<string, Source | undefined>();
  readonly #references = new Map<string, References>();
  readonly #linked = new Map<string, readonly string[]>();
  readonly #self: Self | undefined;

  constructor(self?: Self) {
    this.#self = self;
  }

  /** The hash that a file had when it was first asked for; undefined where there was none. */
  hash(path: string): string | undefined {
    return this.#of(path)?.hash;
  }

  /**
   * Everything that files import, however deep, dynamic imports among it and imports of types alone left out. A file counts as
   * imported where its relative path stands in quotes, a package where its name does and the nearest package.json depends on it:
   * that is never too little as long as no path is put together from parts. Files that `without` names are left out, with
   * what only they import. Packages come with all that they depend on; one that is linked from elsewhere, whose version says
   * little, comes with its files.
   */
  closure(roots: readonly string[], without: (path: string) => boolean = () => false): Closure {
    const files = new Map<string, string>();
    const packages = new Map<string, readonly [name: string, from: string]>();
    const visit = (path: string): void => {
      if (files.has(path) || without(path)) return;
      const source = this.#of(path);
      if (source === undefined) return;
      files.set(path, source.hash);
      const references = this.#referencesOf(path, source);
      const from = dirname(path);
      for (const name of references.packages) packages.set(`${name} ${from}`, [name, from]);
      for (const file of references.files) visit(file);
    };
    for (const root of roots) visit(resolve(root));
    let found = behind([...packages.values()], this.#self?.name);
    const door = found.self ? this.#self?.entry('') : undefined;
    if (door !== undefined) {
      visit(door);
      found = behind([...packages.values()], this.#self?.name);
    }
    for (const path of found.linked.flatMap((folder) => this.#filesOf(folder))) {
      const hash = this.hash(path);
      if (hash !== undefined) files.set(path, hash);
    }
    const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
    return { files: new Map(sorted), packages: found.versions };
  }

  /** The files of a package that is linked, as they were when it was first met. */
  #filesOf(folder: string): readonly string[] {
    const known = this.#linked.get(folder) ?? loadableIn(folder);
    this.#linked.set(folder, known);
    return known;
  }

  #of(path: string): Source | undefined {
    if (!this.#known.has(path)) this.#known.set(path, sourceAt(path));
    return this.#known.get(path);
  }

  #referencesOf(path: string, { code }: Source): References {
    const known = this.#references.get(path);
    if (known !== undefined) return known;
    const references = code === undefined ? { files: [], packages: [] } : this.#referencesIn(path, code);
    this.#references.set(path, references);
    return references;
  }

  #referencesIn(path: string, text: string): References {
    const code = text.replace(TYPE_IMPORTS, '');
    const files = [...code.matchAll(RELATIVE)].flatMap(([, from]) => importedFile(path, from as string) ?? []);
    const dependencies = dependenciesOf(path);
    const own = this.#self?.own(path) === true;
    const packages: string[] = [];
    for (const [whole, name] of code.matchAll(BARE)) {
      if (name === this.#self?.name) {
        if (own) continue;
        const file = this.#self?.entry((whole as string).slice(2 + (name as string).length, -1));
        if (file !== undefined) files.push(file);
      } else if (dependencies.has(name as string)) packages.push(name as string);
    }
    if (!own) packages.push(...importedBeside(path, code, dependencies));
    return { files: [...new Set(files)], packages: [...new Set(packages)] };
  }
}

/** What a file is now; undefined where there is none. */
function sourceAt(path: string): Source | undefined {
  if (!isFile(path)) return undefined;
  const bytes = readFileSync(path);
  const isCode = isUtf8(bytes) && /\.[cm]?[jt]sx?$/.test(path);
  return { hash: contentHash(bytes), code: isCode ? bytes.toString('utf8') : undefined };
}

/** The file that a relative specifier in another one loads, whatever stands behind `?` or `#`. */
const importedFile = (path: string, from: string): string | undefined =>
  fileAt(resolve(dirname(path), from.replace(/[?#].*$/, '')));

/**
 * Packages that a file imports without depending on them, as it finds them. Throws `InputError` on an import by an alias of paths,
 * or of a file that is not there: what it loads would be part of no key.
 */
function importedBeside(path: string, code: string, dependencies: ReadonlySet<string>): string[] {
  return [...code.matchAll(IMPORTED)].flatMap(([, from = '']) => {
    const isRelative = /^\.{1,2}\//.test(from);
    const missing = isRelative && importedFile(path, from) === undefined;
    if (missing || /^(?:#|[@~]\/)/.test(from)) {
      throw new InputError(`${path} imports what no key can cover`, {
        expected: 'the relative path of a file that is there, or the name of a package',
        got: `'${from}'`,
        todo: 'import it by its relative path, so that a change of it is seen',
      });
    }
    const [name = ''] = /^(?:@[\w.~-]+\/)?[\w.~-]+/.exec(from) ?? [];
    if (isRelative || isBuiltin(from) || dependencies.has(name)) return [];
    return packageFile(name, dirname(path)) === undefined ? [] : [name];
  });
}

/** The file that an import of `path` loads. */
export function fileAt(path: string): string | undefined {
  return ENDINGS.map(([ending, as]) => path.replace(ending, as)).find(isFile);
}
