import type { Declared } from '../claims/declared.ts';
import { armsOf } from '../claims/files.ts';
import { isPrevalence, prepare, runsOf } from '../explore/prevalence.ts';
import { audit } from '../lab/audit.ts';
import { type Run, runsOfLineage } from '../lab/redo.ts';
import { observeStudy } from '../lab/study.ts';
import type { Configuration } from '../project/configuration.ts';

/** Every run that claims rest on: of the registered setup, and of the changed ones of prevalence claims. */
export function runsBehind(configuration: Configuration, declared: readonly Declared[]): Run[] {
  const { setup, engine, seeds } = configuration;
  const arms = armsOf(declared);
  const registered = arms.length === 0 ? [] : seeds.flatMap((seed) => runsOfLineage({ setup, seed, engine }, arms));
  return [...registered, ...runsOf(declared.filter(isPrevalence), configuration)];
}

/**
 * Trains everything that the claims need, with one progress for all replicates and one for the changed setups, and does a few
 * runs again to see whether the store holds what it should; the claims then find it there.
 */
export async function trainAll(configuration: Configuration, declared: readonly Declared[]): Promise<void> {
  const { setup, engine, seeds, together, workers, folder, profile, changed } = configuration;
  process.stderr.write(
    `${declared.length} claims, profile ${profile}: ${seeds.length} replicates and ${changed.setups} changed setups on ${engine}, store ${folder}\n`,
  );
  const arms = armsOf(declared);
  if (arms.length > 0) await observeStudy({ setup, engine, seeds, together, workers, arms }, folder, process.stderr);
  await prepare(declared.filter(isPrevalence), configuration, process.stderr);
  await audit(runsBehind(configuration, declared), folder, process.stderr);
}
