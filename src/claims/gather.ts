import { mean } from 'simple-statistics';
import { hashOf } from '../core/canonical.ts';
import type { ProgressSink } from '../lab/progress.ts';
import { observeStudy } from '../lab/study.ts';
import { targetEffect } from '../measure/observation.ts';
import type { Configuration } from '../project/configuration.ts';
import { projectPath } from '../project/project.ts';
import type { Declared } from './declared.ts';
import type { Evidence } from './evidence.ts';
import { judgeReplicates, numbersDigest } from './judging.ts';
import { observed, readClaim } from './reading.ts';
import type { Claim } from './spec.ts';
import { specHash } from './spec-hash.ts';

/** Trains what the store lacks, takes the claim's number in every replicate, and judges them. */
export async function gatherEvidence(
  claim: Claim & Pick<Declared, 'path' | 'text'>,
  configuration: Configuration,
  sink: ProgressSink,
): Promise<Evidence> {
  const { project, catalog, setup, engine, seeds, together, workers, folder, profile } = configuration;
  const { arms, mayFallShort = [], ...text } = claim.spec;
  const study = { catalog, setup, engine, seeds, together, workers, arms: Object.values(arms) };
  const replicates = await observeStudy(study, folder, sink);
  const { values, censored, premiseFailures } = readClaim(claim, replicates);
  const effects = Object.entries(arms).map(([name, arm]): [string, number] => {
    return [name, mean(replicates.map((each) => targetEffect(observed(each, arm))))];
  });
  const devices = replicates.flatMap(({ base, arms: each }) => [base, ...each.values()].flatMap((o) => o.devices));
  const judging = judgeReplicates(text, seeds, values, premiseFailures);
  return {
    ...text,
    arms,
    mayFallShort,
    file: projectPath(project, claim.path),
    files: [projectPath(project, claim.path)],
    spec: specHash([claim], claim.spec, configuration),
    digest: numbersDigest({ id: text.id, profile, seeds, ...judging }),
    profile,
    engine,
    devices: [...new Set(devices)],
    seeds,
    drawn: hashOf(seeds),
    ...judging,
    censored,
    targetEffects: Object.fromEntries(effects),
  };
}
