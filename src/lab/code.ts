import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashOf, sha256 } from '../core/canonical.ts';
import { InvariantError } from '../core/errors.ts';

const SOURCE = fileURLToPath(new URL('..', import.meta.url));
const NUMERIC_PACKAGES = [
  '@tensorflow/tfjs',
  '@tensorflow/tfjs-backend-wasm',
  'onnxruntime-node',
  'onnx-buf',
  '@bufbuild/protobuf',
  'seedrandom',
];
/** What the lab itself decides of a run: the null arm's steps, what is measured of which arm, how it is laid out. */
const LINEAGE = 'lab/lineage.ts';

/**
 * Hash of the code in these folders of `src/` (tests left out) and of the versions of the packages whose numerics are
 * part of a result; read once a process. Any change there, even of a comment, is another code: no record of an older one
 * is ever reused.
 */
export function codeHash(folders: readonly string[]): string {
  const name = folders.join(' ');
  const known = hashes.get(name) ?? computed(folders);
  hashes.set(name, known);
  return known;
}

const hashes = new Map<string, string>();

function computed(folders: readonly string[]): string {
  const require = createRequire(import.meta.url);
  const versions = NUMERIC_PACKAGES.map((name) => [name, versionOf(require, name)]);
  const sources = folders.flatMap((folder) =>
    readdirSync(join(SOURCE, folder))
      .filter((file) => file.endsWith('.ts') && !file.includes('.test.'))
      .sort()
      .map((file) => [`${folder}/${file}`, sha256(readFileSync(join(SOURCE, folder, file)))]),
  );
  sources.push([LINEAGE, sha256(readFileSync(join(SOURCE, LINEAGE)))]);
  return hashOf({ sources, versions, node: process.versions.node.split('.')[0] });
}

function versionOf(require: NodeJS.Require, name: string): string {
  const path = join(packageFolder(require.resolve(name), name), 'package.json');
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

/** The folder of a package, from the path of one of its files; the last of them where they are nested, on every platform. */
export function packageFolder(path: string, name: string): string {
  const parts = path.split(/[\\/]/);
  const wanted = ['node_modules', ...name.split('/')];
  const at = parts.findLastIndex((_, i) => wanted.every((part, k) => parts[i + k] === part));
  if (at < 0) throw new InvariantError(`${path} is in no folder of the package ${name}`);
  return path.slice(0, parts.slice(0, at + wanted.length).join('/').length);
}

/** The layers that make a base or an arm, and those that measure it. */
export const TRAINING_CODE: readonly string[] = ['core', 'world', 'engine', 'model', 'train'];
export const MEASURING_CODE: readonly string[] = [...TRAINING_CODE, 'measure'];
