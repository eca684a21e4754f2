import { expect, test } from 'vitest';
import { readConfiguration } from '../project/configuration.ts';
import { samePath } from '../project/paths.ts';
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
}

/** Long enough for the first claim of a run to train everything on a slow machine. */
const TIMEOUT_MS = 4 * 3_600_000;

/** Progress of training inside a test: plain lines on standard error, past vitest's own capture. */
const sink = { isTTY: false, write: (text: string): unknown => process.stderr.write(text) };

/** Makes a declaration a test of the file that it is in; outside vitest, and where another file imports it, it stays data. */
export function registerTest(declared: Declared): void {
  if (process.env['VITEST'] === undefined || !samePath(expect.getState().testPath ?? '', declared.path)) return;
  const { id, statement } = declared.spec;
  test(`${id} ${statement}`, { timeout: TIMEOUT_MS }, async ({ task, annotate }) => {
    expect(provenStatistics(), 'statistics that decide, against known answers').toEqual([]);
    const evidence = await declared.gather(readConfiguration(process.env), sink);
    task.meta.evidence = evidence;
    const registry = readRegistry();
    const registered = registeredResult(registry, evidence);
    const found = reproduction(evidence, registered, { firm: isFirm(registry, id, evidence.profile) });
    await annotate(verdictLine(evidence, registered), 'verdict');
    expect(found.how, found.how === 'no' ? describeEvidence(evidence, registered, found.why) : found.how).not.toBe(
      'no',
    );
  });
}
