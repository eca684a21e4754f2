import type { ProgressSink } from '../lab/progress.ts';
import { observeStudy } from '../lab/study.ts';
import type { Configuration } from '../project/configuration.ts';
import { projectPath } from '../project/project.ts';
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
  const { project, catalog, setup, engine, seeds, together, workers, folder } = configuration;
  const study = { catalog, setup, engine, seeds, together, workers, arms: Object.values(armsAtTargets(claim.spec)) };
  const replicates = await observeStudy(study, folder, sink);
  const file = projectPath(project, claim.path);
  const spec = specHash([claim], claim.spec, configuration);
  return { ...judgedReplicates(claim, replicates, configuration), file, files: [file], spec, engine };
}
