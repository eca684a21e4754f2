import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import nativePath, { dirname, join, type PlatformPath } from 'node:path';

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifestIn = (file: string): Manifest => JSON.parse(readFileSync(file, 'utf8')) as Manifest;

/** Whether there is a file. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

const manifests = new Map<string, { readonly folder: string; readonly manifest: Manifest } | undefined>();

/** The nearest package.json at or above a folder. */
function manifestAbove(folder: string): { readonly folder: string; readonly manifest: Manifest } | undefined {
  const known = manifests.get(folder);
  if (known !== undefined || manifests.has(folder)) return known;
  const file = join(folder, 'package.json');
  const above = dirname(folder);
  const found = isFile(file)
    ? { folder, manifest: manifestIn(file) }
    : above === folder
      ? undefined
      : manifestAbove(above);
  manifests.set(folder, found);
  return found;
}

/** The packages that the nearest package.json which depends on any names; one that only says how modules are loaded has none. */
export function dependenciesOf(path: string): ReadonlySet<string> {
  for (let at = manifestAbove(dirname(path)); at !== undefined; at = manifestAbove(dirname(at.folder))) {
    const { dependencies, optionalDependencies, peerDependencies, devDependencies } = at.manifest;
    const lists = [dependencies, optionalDependencies, peerDependencies, devDependencies];
    const names = lists.flatMap((each) => Object.keys(each ?? {}));
    if (names.length > 0 || at.folder === dirname(at.folder)) return new Set(names);
  }
  return new Set();
}

/** A file's path from the folder of the nearest package.json, with `/` between its parts. */
export function pathInPackage(path: string): string {
  const { folder = dirname(path) } = manifestAbove(dirname(path)) ?? {};
  return nativePath.relative(folder, path).replaceAll(nativePath.sep, '/');
}

/** What stands behind the names of packages. */
interface Behind {
  /** As `name@version`, sorted; `name@absent` where there is none. */
  readonly versions: string[];
  /** Folders of those that are linked: they lie in no `node_modules`, as a package of a workspace does. */
  readonly linked: string[];
  /** Whether one of them depends on the package `self`, which is followed no further. */
  readonly self: boolean;
}

/**
 * Packages, each as a file would find it, and all that they depend on, peers that are installed among it. What they only describe
 * (types) or take where a system has it (optional) is left out: that is the same program everywhere.
 */
export function behind(wanted: readonly (readonly [name: string, from: string])[], self: string | undefined): Behind {
  const seen = new Map<string, string>();
  const linked: string[] = [];
  let onSelf = false;
  const visit = (name: string, from: string): void => {
    const found = packageFile(name, from);
    if (found === undefined) {
      seen.set(`${name} absent`, `${name}@absent`);
      return;
    }
    const file = realpathSync(found);
    if (seen.has(file)) return;
    const folder = dirname(file);
    const { version, dependencies = {}, peerDependencies = {} } = manifestIn(file);
    seen.set(file, `${name}@${version}`);
    if (!folder.split(nativePath.sep).includes('node_modules')) linked.push(folder);
    const peers = Object.keys(peerDependencies).filter((peer) => packageFile(peer, folder) !== undefined);
    const others = [...Object.keys(dependencies), ...peers].filter((other) => !other.startsWith('@types/'));
    for (const other of others) if (other !== self) visit(other, folder);
    onSelf ||= self !== undefined && (self in dependencies || self in peerDependencies);
  };
  for (const [name, from] of wanted) visit(name, from);
  return { versions: [...new Set(seen.values())].sort(), linked, self: onSelf };
}

/**
 * The files of a package in a folder that a program may load: all but pages of text (`.md`), what begins with a dot, and other
 * packages below, whether installed or with a package.json that names them.
 */
export function loadableIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.') || entry.name === 'node_modules' || entry.name.endsWith('.md')) return [];
    if (!entry.isDirectory()) return isFile(path) ? [path] : [];
    const manifest = join(path, 'package.json');
    return isFile(manifest) && manifestIn(manifest).name !== undefined ? [] : loadableIn(path);
  });
}

/** The package.json of the package `name` as a file in the folder `from` would find it: in the nearest `node_modules` above. */
export function packageFile(
  name: string,
  from: string,
  path: PlatformPath = nativePath,
  exists: (file: string) => boolean = existsSync,
): string | undefined {
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    const file = path.join(folder, 'node_modules', ...name.split('/'), 'package.json');
    if (exists(file)) return file;
    if (folder === path.dirname(folder)) return undefined;
  }
}
