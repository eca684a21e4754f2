import { z } from 'zod';
import { InputError } from '../core/errors.ts';
import { ENGINE_IDS } from '../engine/engine.ts';
import { Programs } from '../engine/programs.ts';
import { loadEngine } from '../engine/select.ts';
import { armSchema } from '../train/arm.ts';
import { parseSetup } from '../world/setup.ts';
import { Lineages } from './lineage.ts';
import type { FromWorker } from './pool.ts';
import { openStore } from './store.ts';

/**
 * A child process that does one job at a time, on one core. Its parent sends a start, then jobs; each job
 * is answered with its outcome. It ends with its parent: a run in flight is lost, what is in the store stays.
 */
const start = z.strictObject({ setup: z.unknown(), engine: z.enum(ENGINE_IDS), folder: z.string() });
const bases = z.strictObject({ bases: z.array(z.int()) });
const arms = z.strictObject({ arms: z.array(z.strictObject({ seed: z.int(), arm: armSchema })) });
const work = z.union([bases, arms]);

const PROGRESS_MS = 250;

const tell = (message: FromWorker): void => {
  process.send?.(message);
};
const report = (message: string): void => tell({ kind: 'report', message });

process.once('disconnect', () => process.exit(1));
process.once('message', async (first: unknown) => {
  await answered(async () => {
    const { setup: text, engine, folder } = start.parse(first);
    const setup = parseSetup(text, 'the setup of this worker');
    const programs = new Programs(await loadEngine(engine));
    const store = openStore(folder, { report });
    let told = 0;
    const lineages = new Lineages(setup, store, programs, (done, atMost) => {
      if (Date.now() - told < PROGRESS_MS) return;
      told = Date.now();
      tell({ kind: 'step', done, atMost });
    });
    process.on('message', (next: unknown) =>
      answered(async () => {
        const asked = work.parse(next);
        tell({ kind: 'bases' in asked ? await lineages.bases(asked.bases) : await lineages.arms(asked.arms) });
      }),
    );
    tell({ kind: 'ready' });
  });
});

/** Runs a message's work; a fault goes to the parent with its kind, since an error object does not cross processes. */
async function answered(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    tell({ kind: 'failed', message: error instanceof InputError ? error.message : message });
  }
}
