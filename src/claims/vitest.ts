import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { InvariantError } from '../core/errors.ts';
import { readConfiguration } from './configuration.ts';
import { describeEvidence } from './describe.ts';
import { type Evidence, gatherEvidence } from './evidence.ts';
import { readRegistry, registeredResult } from './registry.ts';
import { reproduction } from './reproduction.ts';
import type { Claim } from './spec.ts';

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

/** Makes a claim a test of the file that declares it; outside vitest a declaration stays data. */
export function registerTest(claim: Claim): void {
  if (process.env['VITEST'] === undefined) return;
  const { id, statement } = claim.spec;
  test(`${id} ${statement}`, { timeout: TIMEOUT_MS }, async ({ task }) => {
    const path = expect.getState().testPath;
    if (path === undefined) throw new InvariantError(`no file declares ${id}`);
    const configuration = readConfiguration(process.env);
    const text = readFileSync(path, 'utf8');
    const evidence = await gatherEvidence(claim, { path, text }, configuration, sink);
    task.meta.evidence = evidence;
    const registered = registeredResult(readRegistry(), evidence);
    const { verdict } = evidence.judgement;
    const how = reproduction(evidence, registered, verdict, registered.verdict);
    expect(how, describeEvidence(evidence, registered)).not.toBe('no');
  });
}
