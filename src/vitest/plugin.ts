import { createRequire } from 'node:module';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin, TestProjectInlineConfiguration, ViteUserConfig } from 'vitest/config';
import { InputError } from '../core/errors.ts';
import { beside, execArgvFor, isTypeScript } from '../core/modules.ts';
import { variablesOf } from '../project/environment.ts';
import { addGate } from './gate.ts';
import { HYPOTHESES } from './names.ts';
import { importNatively } from './native.ts';

/** The major version of vitest whose plugins and reporters these are. */
const MAJOR = 4;
const HOUR_MS = 3_600_000;

/**
 * The plugin of vitest for a project of claims: adds a vitest project `hypotheses` where there is none of that name (and where
 * there is none at all, `unit` for every other test), tells its tests how the run is set up, and puts the gate of the claims
 * beside the reporters. Throws `InputError` where another major version of vitest is installed beside.
 */
export function spillover(): Plugin {
  refuseVersion((createRequire(import.meta.url)('vitest/package.json') as { version: string }).version);
  return {
    name: 'spillover',
    async config(config: ViteUserConfig) {
      const { name, projects } = config.test ?? {};
      if (name !== undefined || projects?.some(isOfClaims) === true) return undefined;
      const root = config.root ?? process.cwd();
      const folder = relative(root, await hypothesesFolder(root)).replaceAll(sep, '/');
      const others: TestProjectInlineConfiguration = {
        extends: true,
        test: { name: 'unit', exclude: ['**/node_modules/**', '**/dist/**', `${folder}/*.test.ts`] },
      };
      return { test: { projects: [...(projects === undefined ? [others] : []), ofClaims(folder)] } };
    },
    configureVitest({ vitest, project }) {
      refuseVersion(vitest.version);
      // A command that runs vitest has told them by itself.
      if (vitest.config.provide.spillover === undefined)
        project.provide('spillover', { folder: vitest.config.root, variables: variablesOf(process.env) });
      addGate(vitest);
    },
  };
}

/** The vitest project of the claims in a folder: one file at a time, as a claim trains what it lacks in a child process a core. */
function ofClaims(folder: string): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name: HYPOTHESES,
      include: [`${folder}/*.test.ts`],
      setupFiles: [beside('./fresh-modules', import.meta.url)],
      pool: 'forks',
      fileParallelism: false,
      isolate: false,
      retry: 0,
      allowOnly: false,
      testTimeout: 4 * HOUR_MS,
      sequence: { groupOrder: 1 },
      ...byNode(fileURLToPath(import.meta.url)),
    },
  };
}

/**
 * Has node load this package in a checkout, as it does an installed one: once a process, past vite, whose modules are loaded
 * anew for every claim. What one claim has read and verified then serves the next.
 */
function byNode(here: string): NonNullable<TestProjectInlineConfiguration['test']> {
  if (!isTypeScript(here)) return {};
  const source = fileURLToPath(new URL('..', import.meta.url)).replaceAll(sep, '/');
  const own = new RegExp(`^${source.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
  return { execArgv: execArgvFor(here), server: { deps: { external: [own] } } };
}

const isOfClaims = (project: unknown): boolean =>
  (project as { readonly test?: { readonly name?: unknown } } | undefined)?.test?.name === HYPOTHESES;

/** The folder of the hypothesis files. */
async function hypothesesFolder(root: string): Promise<string> {
  const loaded = await importNatively('../project/project', import.meta.url);
  const { openProject } = loaded as typeof import('../project/project.ts');
  return (await openProject({ folder: root, variables: variablesOf(process.env) })).hypotheses;
}

function refuseVersion(version: string): void {
  if (version.startsWith(`${MAJOR}.`)) return;
  throw new InputError('this vitest is another one than spillover is made for', {
    expected: `vitest ${MAJOR}`,
    got: `vitest ${version}`,
    todo: `npm install --save-dev vitest@${MAJOR}`,
  });
}
