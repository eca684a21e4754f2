import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import nativePath, { dirname, join, type PlatformPath, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashOf, sha256 } from '../core/canonical.ts';
import { InputError, InvariantError } from '../core/errors.ts';

/** What the lab itself decides of a run: the null arm's steps, what is measured of which arm, how it is laid out. */
const LINEAGE = 'lab/lineage.ts';

/** Folders and files of `src/` that make a base or an arm, and those that measure it. */
export const TRAINING_CODE: readonly string[] = ['core', 'world', 'engine', 'model', 'train', LINEAGE];
export const MEASURING_CODE: readonly string[] = [...TRAINING_CODE, 'measure'];

/** What decides a verdict beside that: statistics, the rules of claims, and which setups are drawn for a prevalence claim. */
export const JUDGING_CODE: readonly string[] = [
  ...MEASURING_CODE,
  'stats',
  ...['networks', 'observed', 'record', 'study'].map((name) => `lab/${name}.ts`),
  ...['verdict', 'share', 'side', 'family', 'judging', 'gather', 'sources'].map((name) => `claims/${name}.ts`),
  ...['prevalence', 'explore', 'factors', 'arbitrary', 'cost'].map((name) => `explore/${name}.ts`),
];

/** Packages whose numerics are part of a record. */
const NUMERIC_PACKAGES = [
  '@tensorflow/tfjs',
  '@tensorflow/tfjs-backend-wasm',
  'onnxruntime-node',
  'onnx-buf',
  '@bufbuild/protobuf',
  'seedrandom',
];
/** Packages whose numerics decide a verdict. */
const DECIDING_PACKAGES = [
  'simple-statistics',
  '@stdlib/math-base-special-erfc',
  '@stdlib/stats-base-dists-normal-quantile',
  '@stdlib/stats-base-dists-t-cdf',
  '@stdlib/stats-base-dists-t-quantile',
  'seedrandom',
];

const SOURCE = fileURLToPath(new URL('..', import.meta.url));

/**
 * Every source of `src/` with its hash, as they were when this module was loaded: before all that it names, where a program
 * imports it first and the rest afterwards.
 */
const LOADED: ReadonlyMap<string, string> = sourceHashes(SOURCE);

const VERSIONS: readonly string[] = versionsOf(NUMERIC_PACKAGES);

/**
 * Hash of the code in these folders and files of `src/` (tests left out) as this process loaded it, and of the versions of
 * the packages whose numerics are part of a record. Any change there, even of a comment, is another code: no record of an
 * older one is ever reused. How lines end is no part of it.
 */
export function codeHash(places: readonly string[]): string {
  const sources = [...LOADED].filter(([file]) => isIn(file, places));
  return hashOf({ sources, versions: VERSIONS, node: process.versions.node.split('.')[0] });
}

/**
 * Hash of the code that measures and judges as this process loaded it, with the versions of the packages that decide; the same
 * under every version of Node, which a record's device names.
 */
export function judgingCode(): string {
  const sources = [...LOADED].filter(([file]) => isIn(file, JUDGING_CODE));
  return hashOf({ sources, versions: VERSIONS, deciding: decidingVersions() });
}

/**
 * Throws `InputError` where the files of these places are not the ones that this process loaded: what it computes is of no code
 * that a key could name.
 */
export function refuseChangedCode(places: readonly string[] = MEASURING_CODE): void {
  const changed = changedIn(LOADED, sourceHashes(SOURCE, places), places);
  if (changed.length === 0) return;
  throw new InputError('the code changed since this run began', {
    expected: 'the files of src/ as they were when they were loaded',
    got: `another ${changed.map((file) => `src/${file}`).join(', ')}`,
    todo: 'run again: finished records are kept, and nothing was written since the change',
  });
}

/**
 * The packages whose numerics decide a verdict, and all packages of `@stdlib` that these are made of, as `name@version`: part
 * of what a claim was judged by.
 */
export function decidingVersions(): string[] {
  return versionsOf(DECIDING_PACKAGES, '@stdlib/');
}

/** Hash of a text whatever ends its lines and whether or not a byte order mark begins it. */
export function textHash(text: string): string {
  return sha256(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
}

/** The sources in places below a folder (all of it by default), tests left out: path with `/`, and hash, by path. */
export function sourceHashes(folder: string, places: readonly string[] = ['']): Map<string, string> {
  const files = places.flatMap((place) =>
    place.endsWith('.ts')
      ? [place]
      : readdirSync(join(folder, place), { recursive: true, encoding: 'utf8' })
          .map((file) => (place === '' ? '' : `${place}/`) + file.replaceAll(sep, '/'))
          .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.')),
  );
  return new Map(files.sort().map((file) => [file, textHash(readFileSync(join(folder, file), 'utf8'))]));
}

/** Files of these places that are not the same, or on one side only. */
function changedIn(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
  places: readonly string[],
): string[] {
  const files = new Set([...before.keys(), ...now.keys()]);
  return [...files].filter((file) => isIn(file, places) && before.get(file) !== now.get(file)).sort();
}

const isIn = (file: string, places: readonly string[]): boolean =>
  places.some((place) => file === place || file.startsWith(`${place}/`));

/** Packages as `name@version`, and of their dependencies, however deep, those whose names begin with `within`. */
function versionsOf(names: readonly string[], within?: string): string[] {
  const seen = new Map<string, string>();
  const visit = (name: string, from: string): void => {
    const file = realpathSync(packageFile(name, from));
    if (seen.has(file)) return;
    const { version, dependencies = {} } = JSON.parse(readFileSync(file, 'utf8')) as PackageFacts;
    seen.set(file, `${name}@${version}`);
    for (const other of Object.keys(dependencies)) {
      if (within !== undefined && other.startsWith(within)) visit(other, dirname(file));
    }
  };
  for (const name of names) visit(name, SOURCE);
  return [...new Set(seen.values())].sort();
}

interface PackageFacts {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/**
 * The package.json of the package `name` as a file in the folder `from` would find it: in the nearest `node_modules` above.
 * Throws `InvariantError` where there is none.
 */
export function packageFile(
  name: string,
  from: string,
  path: PlatformPath = nativePath,
  exists: (file: string) => boolean = existsSync,
): string {
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    const file = path.join(folder, 'node_modules', ...name.split('/'), 'package.json');
    if (exists(file)) return file;
    if (folder === path.dirname(folder)) throw new InvariantError(`no package ${name} above ${from}: run npm ci`);
  }
}
