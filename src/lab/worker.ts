import { rememberCode } from './code.ts';
import type { FromWorker } from './pool.ts';

/**
 * A child process that does one job at a time, on one core. Its parent sends a start, then jobs; each job is answered with its
 * outcome, and something is said every 10 s whatever it does. It ends with its parent: a run in flight is lost, what is in the
 * store stays. The code is hashed before it is loaded and looked at again afterwards: what runs is what was hashed.
 */
const ALIVE_MS = 10_000;

/** Says something to the parent; where that is gone, this process is about to end too. */
const tell = (message: FromWorker): void => {
  process.send?.(message, undefined, undefined, () => {});
};

process.once('disconnect', () => process.exit(1));
setInterval(tell, ALIVE_MS, { kind: 'alive' } satisfies FromWorker).unref();
process.once('message', async (start: unknown) => {
  try {
    const { catalog } = start as { readonly catalog: string | null };
    if (catalog !== null) rememberCode([catalog]);
    const { beginWork } = await import('./work.ts');
    await beginWork(start, tell);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    tell({ kind: 'failed', outcome: false, message });
  }
});
