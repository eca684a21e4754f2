import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Setup } from '../../src/world/knobs.ts';

/** Small worlds an invariant is tried on, unless it takes child processes; the seed is fixed, so that a failure comes back. */
const RUNS = 4;
const SEED = 20261124;
/** A check that takes longer fails, with the counterexample that it has. */
const MOST_MS = 8 * 60_000;

/**
 * A test that a property of (setup, ...) holds for every setup that is drawn. A counterexample is shrunk, and its setup is
 * written to `reports/counterexamples/`, beside the line that runs it again.
 */
export function invariant<Rest extends readonly unknown[]>(
  name: string,
  property: fc.IAsyncPropertyWithHooks<[Setup, ...Rest]>,
  runs = RUNS,
): void {
  test(name, async () => {
    const details = await fc.check(property, {
      ...{ seed: SEED, numRuns: runs },
      ...{ interruptAfterTimeLimit: MOST_MS, markInterruptAsFailure: true },
    });
    if (!details.failed) return expect(details.numRuns).toBe(runs);
    if (details.counterexample === null)
      throw new Error(`no end within ${MOST_MS / 60_000} minutes, and no counterexample yet`);
    const folder = fileURLToPath(new URL('../../reports/counterexamples/', import.meta.url));
    const path = join(folder, `${name.replace(/[^a-z]+/gi, '-').slice(0, 60)}.json`);
    const [setup, ...rest] = details.counterexample;
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, `${JSON.stringify(setup, null, 2)}\n`);
    const { errorInstance: cause } = details;
    const why = cause instanceof Error ? cause.message : cause;
    const again = `npx vitest run --project robustness -t "${name.replace(/[^\w ]/g, '.')}"`;
    const message = `does not hold: ${why}\n  smallest setup: ${path}, with ${JSON.stringify(rest)}\n  again: ${again}`;
    throw new Error(message, { cause });
  });
}
