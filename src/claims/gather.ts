import type { ReplicateObservation } from '../lab/observed.ts';
import type { ProgressSink } from '../lab/progress.ts';
import { observeStudy } from '../lab/study.ts';
import type { Configuration } from '../project/configuration.ts';
import { projectPath } from '../project/project.ts';
import type { Arm } from '../train/arm.ts';
import type { Declared } from './declared.ts';
import type { Evidence } from './evidence.ts';
import { judgedReplicates } from './judged.ts';
import type { Claim } from './spec.ts';
import { specHash } from './spec-hash.ts';
import { armsAtTargets } from './targets.ts';

/** Trains what the store lacks, takes the claim's number in every replicate, and judges them. */
export async function gatherEvidence(
  claim: Claim & Pick<Declared, 'path' | 'text'>,
  configuration: Configuration,
  sink: ProgressSink,
): Promise<Evidence> {
  const { project, engine } = configuration;
  const replicates = await observeArms(Object.values(armsAtTargets(claim.spec)), configuration, sink);
  const file = projectPath(project, claim.path);
  const spec = specHash([claim], claim.spec, configuration);
  return { ...judgedReplicates(claim, replicates, configuration), file, files: [file], spec, engine };
}

/** Trains what the store lacks of arms at the setup and the seeds of a configuration, and gives every replicate. */
export function observeArms(
  arms: readonly Arm[],
  { catalog, setup, engine, seeds, together, workers, folder }: Configuration,
  sink: ProgressSink,
): Promise<ReplicateObservation[]> {
  return observeStudy({ catalog, setup, engine, seeds, together, workers, arms }, folder, sink);
}
