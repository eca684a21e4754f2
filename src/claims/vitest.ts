import { expect, inject, test } from 'vitest';
import { readConfiguration } from '../project/configuration.ts';
import { loadProject } from '../project/project.ts';
import { isHeldBy } from './chosen.ts';
import type { Declared } from './declared.ts';
import type { Evidence } from './evidence.ts';
import { describeEvidence, verdictLine } from './explain.ts';
import { provenStatistics } from './known-answers.ts';
import { registeredResult } from './registry.ts';
import { readRegistry } from './registry-file.ts';
import { isFirm, reproduction } from './reproduction.ts';
import { isTested, told } from './tested.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** What a claim's verdict rests on; the reporter reads it here. */
    evidence?: Evidence;
  }
}

/** Long enough for the first claim of a run to train everything on a slow machine. */
const TIMEOUT_MS = 4 * 3_600_000;

/** Progress of training inside a test: plain lines on standard error, past vitest's own capture. */
const sink = { isTTY: false, write: (text: string): unknown => process.stderr.write(text) };

/** Makes a declaration a test of the file that it is in, where `isTested` says so. */
export function registerTest(declared: Declared): void {
  if (!isTested(declared)) return;
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
