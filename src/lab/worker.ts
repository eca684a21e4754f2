import { z } from 'zod';
import { InputError, InvariantError } from '../core/errors.ts';
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
const start = z.strictObject({ engine: z.enum(ENGINE_IDS), folder: z.string() });
const work = z.strictObject({
  setup: z.unknown(),
  bases: z.array(z.int()),
  groups: z.array(z.array(z.strictObject({ seed: z.int(), arm: armSchema }))),
});

const PROGRESS_MS = 250;

const tell = (message: FromWorker): void => {
  process.send?.(message);
};
const report = (message: string): void => tell({ kind: 'report', message });

process.once('disconnect', () => process.exit(1));
process.once('message', async (first: unknown) => {
  await answered(async () => {
    const { engine, folder } = start.parse(first);
    const programs = new Programs(await loadEngine(engine));
    const store = openStore(folder, { report });
    let told = 0;
    let part = 0;
    const onStep = (done: number, atMost: number): void => {
      if (Date.now() - told < PROGRESS_MS) return;
      told = Date.now();
      tell({ kind: 'step', part, done, atMost });
    };
    let current: { readonly text: string; readonly lineages: Lineages } | undefined;
    /** Those of the setup at hand; the programs of another one are freed first. */
    const lineagesOf = async (setup: unknown): Promise<Lineages> => {
      const text = JSON.stringify(setup);
      if (current?.text !== text) {
        await programs.dispose();
        const lineages = new Lineages(parseSetup(setup, 'the setup of this job'), store, programs, onStep);
        current = { text, lineages };
      }
      return current.lineages;
    };
    process.on('message', (next: unknown) =>
      answered(async () => {
        const { setup, bases, groups } = work.parse(next);
        const lineages = await lineagesOf(setup);
        const parts = [
          ...(bases.length > 0 ? [() => lineages.bases(bases)] : []),
          ...groups.map((group) => () => lineages.arms(group)),
        ];
        let outcome: 'done' | 'busy' = 'done';
        let broken: InvariantError | undefined;
        for (part = 0; part < parts.length && outcome === 'done'; part++) {
          try {
            outcome = await (parts[part] as () => Promise<'done' | 'busy'>)();
          } catch (error) {
            // The other groups of the job have nothing to do with a group that broke; without its bases, all have.
            if (!(error instanceof InvariantError) || (part === 0 && bases.length > 0)) throw error;
            broken ??= error;
          }
        }
        if (broken !== undefined) throw broken;
        tell({ kind: outcome });
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
    tell({
      kind: 'failed',
      invariant: error instanceof InvariantError,
      message: error instanceof InputError ? error.message : message,
    });
  }
}
