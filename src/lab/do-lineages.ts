import { openStore } from '../store/store.ts';
import type { Catalog } from './catalog.ts';
import type { Job } from './pool.ts';
import type { ProgressSink } from './progress.ts';
import { type PlannedLineage, studiesOf } from './shards.ts';
import { doJobs, missingJobs } from './study.ts';

/** With what lineages are made. */
export interface Means {
  readonly catalog: Catalog;
  /** The id of an engine. */
  readonly engine: string;
  readonly together?: number | undefined;
  readonly workers?: number | undefined;
  /** The store's folder. */
  readonly folder: string;
}

/**
 * Trains and measures what the store lacks of lineages, of whichever setups, with one progress for all. Gives the runs that have no outcome
 * but a fault (a network that diverged, a world with nothing to measure), by their names; every other fault is thrown.
 */
export async function doLineages(
  lineages: readonly PlannedLineage[],
  { catalog, engine, together, workers, folder }: Means,
  sink: ProgressSink,
): Promise<ReadonlyMap<string, string>> {
  const store = openStore(folder, { report: (message) => sink.write(`${message}\n`) });
  const jobs = studiesOf(lineages).flatMap(({ of: { setup, asked }, seeds, arms }, i): Job[] => {
    // The same seed of two setups is two lineages: jobs are told apart by the setup's place.
    const named = (id: string): string => `${i + 1}: ${id}`;
    const own = missingJobs({ catalog, setup, engine, seeds, arms, asked, together }, store);
    return own.map((job) => ({ ...job, id: named(job.id), after: job.after.map(named) }));
  });
  return doJobs(jobs, { catalog, engine }, folder, sink, { workers, tolerant: true });
}
