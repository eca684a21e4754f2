import { expect } from 'vitest';
import { InputError } from '../core/errors.ts';
import type { RunParameters } from '../project/environment.ts';
import { samePath } from '../project/paths.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What the plugin, or the command that runs vitest, tells the tests of the claims. */
    spillover: RunParameters;
  }
}

/**
 * Whether a declaration is to be a test of the file that is run: it stays data where another file imports it, outside vitest, and in
 * vitest's own process, which is no worker.
 */
export const isTested = ({ path }: { readonly path: string }): boolean =>
  process.env['VITEST_WORKER_ID'] !== undefined && samePath(expect.getState().testPath ?? '', path);

/** What the plugin told. Throws `InputError` where it is not there: without it no gate would judge the claims. */
export function told(parameters: RunParameters | undefined): RunParameters {
  if (parameters !== undefined) return parameters;
  throw new InputError('this run of vitest has no gate for claims', {
    expected: 'the plugin of spillover in vitest.config.ts',
    got: 'a claim, and no plugin',
    todo: "import { spillover } from 'spillover/vitest' there, and add plugins: [spillover()]",
  });
}
