import type { Configuration } from '../claims/configuration.ts';
import { armsOf, type DeclaredClaim } from '../claims/files.ts';
import { auditOneRun } from '../lab/audit.ts';
import { observeStudy } from '../lab/study.ts';

/**
 * Trains everything that the claims need, with one progress for all of it, and does one run again to see whether the
 * store holds what it should; the claims then find it there.
 */
export async function trainAll(configuration: Configuration, declared: readonly DeclaredClaim[]): Promise<void> {
  const { setup, engine, seeds, together, folder, profile } = configuration;
  process.stderr.write(
    `${declared.length} claims, profile ${profile}: ${seeds.length} replicates on ${engine}, store ${folder}\n`,
  );
  const study = { setup, engine, seeds, together, arms: armsOf(declared) };
  await observeStudy(study, folder, process.stderr);
  await auditOneRun(study, folder, process.stderr);
}
