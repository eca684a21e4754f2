import { expect, inject, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { readConfiguration } from '../project/configuration.ts';
import type { RunParameters } from '../project/environment.ts';
import { samePath } from '../project/paths.ts';
import { loadProject } from '../project/project.ts';
import { isHeldBy } from './chosen.ts';
import type { Declared } from './declared.ts';
import type { Evidence } from './evidence.ts';
import { describeEvidence, verdictLine } from './explain.ts';
import { provenStatistics } from './known-answers.ts';
import { registeredResult } from './registry.ts';
import { readRegistry } from './registry-file.ts';
import { isFirm, reproduction } from './reproduction.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** What a claim's verdict rests on; the reporter reads it here. */
    evidence?: Evidence;
  }
  interface ProvidedContext {
    /** What the plugin, or the command that runs vitest, tells the tests of the claims. */
    spillover: RunParameters;
  }
}

/** Long enough for the first claim of a run to train everything on a slow machine. */
const TIMEOUT_MS = 4 * 3_600_000;

/** Progress of training inside a test: plain lines on standard error, past vitest's own capture. */
const sink = { isTTY: false, write: (text: string): unknown => process.stderr.write(text) };

/** What the plugin told. Throws `InputError` where it is not there: without it no gate would judge the claims. */
function told(parameters: RunParameters | undefined): RunParameters {
  if (parameters !== undefined) return parameters;
  throw new InputError('this run of vitest has no gate for claims', {
    expected: 'the plugin of spillover in vitest.config.ts',
    got: 'a claim, and no plugin',
    todo: "import { spillover } from 'spillover/vitest' there, and add plugins: [spillover()]",
  });
}

/**
 * Makes a declaration a test of the file that it is in; it stays data where another file imports it, outside vitest, and in
 * vitest's own process, which is no worker.
 */
export function registerTest(declared: Declared): void {
  if (process.env['VITEST_WORKER_ID'] === undefined || !samePath(expect.getState().testPath ?? '', declared.path))
    return;
  const { id, statement } = declared.spec;
  test(`${id} ${statement}`, { timeout: TIMEOUT_MS }, async ({ task, annotate, skip }) => {
    expect(provenStatistics(), 'statistics that decide, against known answers').toEqual([]);
    const parameters = told(inject('spillover'));
    const project = await loadProject(parameters);
    const configuration = readConfiguration(project, parameters.variables);
    if (!isHeldBy(declared, configuration.profile)) skip(`claims of larger profiles than ${configuration.profile}`);
    const evidence = await declared.gather(configuration, sink);
    task.meta.evidence = evidence;
    const registry = readRegistry(project.registry);
    const registered = registeredResult(registry, evidence);
    const found = reproduction(evidence, registered, { firm: isFirm(registry, id, evidence.profile) });
    await annotate(verdictLine(evidence, registered), 'verdict');
    expect(found.how, found.how === 'no' ? describeEvidence(evidence, registered, found.why) : found.how).not.toBe(
      'no',
    );
  });
}
