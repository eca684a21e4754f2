import type { Configuration } from '../claims/configuration.ts';
import type { Declared } from '../claims/declared.ts';
import { armsOf } from '../claims/files.ts';
import { isPrevalence, prepare } from '../explore/prevalence.ts';
import { auditOneRun } from '../lab/audit.ts';
import { observeStudy } from '../lab/study.ts';

/**
 * Trains everything that the claims need, with one progress for all replicates and one for the changed setups, and does one
 * run again to see whether the store holds what it should; the claims then find it there.
 */
export async function trainAll(configuration: Configuration, declared: readonly Declared[]): Promise<void> {
  const { setup, engine, seeds, together, folder, profile, changed } = configuration;
  process.stderr.write(
    `${declared.length} claims, profile ${profile}: ${seeds.length} replicates and ${changed.setups} changed setups on ${engine}, store ${folder}\n`,
  );
  const study = { setup, engine, seeds, together, arms: armsOf(declared) };
  await observeStudy(study, folder, process.stderr);
  await auditOneRun(study, folder, process.stderr);
  await prepare(declared.filter(isPrevalence), configuration, process.stderr);
}
