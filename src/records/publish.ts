import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Judged } from '../claims/gate.ts';
import { InputError } from '../core/errors.ts';
import { writeSynced } from '../core/whole-file.ts';
import { EXPLORATION, replaceFolder } from './folder.ts';
import { type ConfiguredRun, latestOf, partialOf, writeRecords } from './latest.ts';
import { readExploration } from './read.ts';

/** Puts pages beside the records in a folder. */
export type PageWriter = (folder: string) => void;

/**
 * Makes the records of a run, with pages where they are asked for, those of the latest run: `reports/latest`, or of a run of
 * some claims `reports/partial`, which leaves the latest run of all as it was. They replace what was there once they are
 * complete. Explorations of the latest run go along where they are of these claims; others are set aside.
 */
export async function publishRun(run: ConfiguredRun, pages: PageWriter = () => {}): Promise<void> {
  const { project } = run.configuration;
  const latest = latestOf(project);
  if (run.partial) return replaceFolder(partialOf(project), (staging) => writeRecords(staging, run));
  const write = (staging: string): void => {
    writeRecords(staging, run);
    for (const name of explorationsOf(latest, run.judged))
      writeSynced(join(staging, name), readFileSync(join(latest, name)));
    pages(staging);
  };
  return replaceFolder(latest, write, { explored: true });
}

/** The explorations in a folder that can be read and are of none of these claims in another form. */
export function explorationsOf(folder: string, judged: readonly Pick<Judged, 'id' | 'spec'>[]): string[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => EXPLORATION.test(name)) : [];
  return names.filter((name) => {
    try {
      const { claim, spec } = readExploration(join(folder, name));
      const now = judged.find(({ id }) => id === claim);
      return now === undefined || now.spec === spec;
    } catch (error) {
      if (error instanceof InputError) return false;
      throw error;
    }
  });
}
