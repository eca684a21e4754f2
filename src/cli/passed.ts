import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, cpus, release } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { hashOf, sha256 } from '../core/canonical.ts';
import { writeWhole } from '../core/whole-file.ts';
import { findBrowser } from '../report/browser.ts';
import type { Tree } from './tree.ts';

/** What is remembered of a vitest project of which every test passed or said why it was skipped. */
export interface Passed {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly passed: number;
  /** How many tests were skipped, by the reason that they gave. */
  readonly skipped: readonly (readonly [reason: string, count: number])[];
}

/** Keys of which a project's outcome is kept: a few branches, with a browser and without. */
const KEPT = 12;

/** Variables that tests or what they start may read; npm's own and those of shells are none of them. */
const READ =
  /^(SPILLOVER_|NODE_|TSX_|VITE|LD_|DYLD_|VK_|CUDA_|TF_|ORT_|OMP_|LC_)|^(PATH|LANG|LANGUAGE|TZ|TMPDIR|TEMP|TMP|NO_COLOR|FORCE_COLOR|UV_THREADPOOL_SIZE)$/i;

const schema = z.strictObject({
  project: z.string(),
  key: z.string(),
  at: z.iso.datetime(),
  passed: z.int().min(1),
  skipped: z.array(z.tuple([z.string(), z.int().min(1)])),
  digest: z.string(),
});

/**
 * The key of a run of tests: its files, Node, the machine, the installed packages, the browser, and the variables that change what
 * tests do. Undefined where it cannot be told what is installed: nothing is remembered there.
 */
export function runKey(tree: Tree, environment: NodeJS.ProcessEnv, modules: string): string | undefined {
  const installed = textIn(join(modules, '.package-lock.json'));
  if (installed === undefined) return undefined;
  const variables = Object.entries(environment).filter(([name]) => READ.test(name));
  return hashOf({
    tree: tree.content,
    versions: process.versions,
    system: [process.platform, process.arch, release(), cpus()[0]?.model ?? '', availableParallelism()],
    installed: sha256(installed),
    browser: browserFacts(findBrowser(environment)),
    variables: Object.fromEntries(variables),
  });
}

/** Where a browser is, and of when; an update changes it. */
function browserFacts(path: string | undefined): string[] {
  if (path === undefined) return [];
  const { size, mtimeMs, ctimeMs } = statSync(path);
  return [path, `${size}`, `${mtimeMs}`, `${ctimeMs}`];
}

/** What is remembered of a project under a key; undefined where that is nothing, or not as it was written. */
export function recall(folder: string, project: string, key: string): Passed | undefined {
  const text = textIn(fileOf(folder, project, key));
  if (text === undefined) return undefined;
  try {
    const { digest, ...rest } = schema.parse(JSON.parse(text));
    if (digest !== hashOf(rest) || rest.project !== project || rest.key !== key) return undefined;
    const { at, passed, skipped } = rest;
    return { at, passed, skipped };
  } catch {
    return undefined;
  }
}

/** Remembers that a project passed under a key, and forgets what is older than the last few. */
export function remember(folder: string, project: string, key: string, outcome: Passed): void {
  const content = { project, key, ...outcome };
  writeWhole(fileOf(folder, project, key), `${JSON.stringify({ ...content, digest: hashOf(content) }, null, 2)}\n`);
  const files = readdirSync(folder).filter((name) => name.startsWith(`${project}-`) && name.endsWith('.json'));
  const age = (name: string): number => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const oldest = files.map((name) => ({ name, time: age(name) })).sort((a, b) => b.time - a.time);
  for (const { name } of oldest.slice(KEPT)) rmSync(join(folder, name), { force: true });
}

const fileOf = (folder: string, project: string, key: string): string =>
  join(folder, `${project}-${key.slice(0, 32)}.json`);

function textIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
