import { z } from 'zod';
import { canonical } from '../core/canonical.ts';
import { InputError } from '../core/errors.ts';
import { Programs } from '../engine/programs.ts';
import { loadEngine } from '../engine/select.ts';
import { openStore, type Store } from '../store/store.ts';
import { armSchema } from '../train/arm.ts';
import { loadCatalog } from './built-in.ts';
import { engineOf } from './catalog.ts';
import { codeHash, refuseChangedCode } from './code.ts';
import { Lineages } from './lineage.ts';
import { isOutcome } from './outcome.ts';
import { type FromWorker, workRoots } from './pool.ts';
import { parseSetup } from './setup.ts';

const startSchema = z.strictObject({
  engine: z.string(),
  catalog: z.string().nullable(),
  code: z.string(),
});
const workSchema = z.strictObject({
  folder: z.string(),
  setup: z.unknown(),
  bases: z.array(z.int()),
  groups: z.array(z.array(z.strictObject({ seed: z.int(), arm: armSchema, asked: z.array(z.string()).optional() }))),
});

const PROGRESS_MS = 250;

/**
 * Loads the engine, says that it is ready, and answers every job that comes from then on. Throws `InputError` where the parent
 * has loaded other code or the engine cannot be had.
 */
export async function beginWork(start: unknown, tell: (message: FromWorker) => void): Promise<void> {
  const { engine, catalog: from, code: parents } = startSchema.parse(start);
  const roots = workRoots(from ?? undefined);
  const catalog = await loadCatalog(from ?? undefined);
  refuseChangedCode(roots);
  const code = codeHash(roots);
  if (parents !== code) {
    throw new InputError('the code changed since this run began', {
      expected: `the code that the run was started with, ${parents.slice(0, 12)}`,
      got: `${code.slice(0, 12)} in a process that it started`,
      todo: 'run again: finished records are kept',
    });
  }
  const programs = new Programs(await loadEngine(engineOf(catalog, engine)));
  let heldBy: string | undefined;
  const storeIn = (folder: string): Store =>
    openStore(folder, {
      report: (message) => tell({ kind: 'report', message }),
      held: (by) => {
        heldBy = by;
      },
      beforeWrite: () => refuseChangedCode(roots),
    });
  let told = 0;
  let part = 0;
  const onStep = (done: number, atMost: number): void => {
    if (Date.now() - told < PROGRESS_MS) return;
    told = Date.now();
    tell({ kind: 'step', part, done, atMost });
  };
  let current: { readonly text: string; readonly folder: string; readonly lineages: Lineages } | undefined;
  /** Those of the setup and the store at hand; the programs of another setup are freed first. */
  const lineagesOf = async (setup: unknown, folder: string): Promise<Lineages> => {
    const text = JSON.stringify(setup);
    if (current?.text !== text) await programs.dispose();
    if (current?.text !== text || current.folder !== folder) {
      const parsed = parseSetup(setup, 'the setup of this job', catalog.worlds);
      const lineages = new Lineages(parsed, catalog, storeIn(folder), programs, onStep);
      current = { text, folder, lineages };
    }
    return current.lineages;
  };
  /** Faults of groups by what the groups are: a job that was busy comes again, and its broken groups would break again. */
  const broken = new Map<string, Error>();
  const answer = async (next: unknown): Promise<void> => {
    const { folder, setup, bases, groups } = workSchema.parse(next);
    const lineages = await lineagesOf(setup, folder);
    const isBusy = (outcome: 'done' | 'busy'): boolean => {
      if (outcome === 'busy') tell({ kind: 'busy', heldBy: heldBy ?? 'another process' });
      return outcome === 'busy';
    };
    part = 0;
    if (bases.length > 0) {
      if (isBusy(await lineages.bases(bases))) return;
      part++;
    }
    let fault: Error | undefined;
    for (const group of groups) {
      const of = canonical({ folder, setup, group });
      try {
        if (!broken.has(of) && isBusy(await lineages.arms(group))) return;
      } catch (error) {
        // The other groups of the job have nothing to do with a group that broke.
        if (!isOutcome(error)) throw error;
        broken.set(of, error);
      }
      fault ??= broken.get(of);
      part++;
    }
    if (fault !== undefined) throw fault;
    tell({ kind: 'done' });
  };
  process.on('message', async (next: unknown) => {
    try {
      await answer(next);
    } catch (error) {
      tell({ kind: 'failed', outcome: isOutcome(error), message: messageOf(error) });
    }
  });
  tell({ kind: 'ready' });
}

/** What a fault says to the parent: an error object does not cross processes. Faults of the code come with their place. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof InputError || isOutcome(error) ? error.message : (error.stack ?? error.message);
}
