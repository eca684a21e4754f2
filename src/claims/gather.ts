import { InputError } from '../core/errors.ts';
import { askedBy } from '../lab/catalog.ts';
import type { ReplicateObservation } from '../lab/observed.ts';
import type { ProgressSink } from '../lab/progress.ts';
import { observeStudy } from '../lab/study.ts';
import type { Configuration } from '../project/configuration.ts';
import { projectPath, setupNamed } from '../project/project.ts';
import type { Declared } from './declared.ts';
import type { Evidence } from './evidence.ts';
import { judgedReplicates } from './judged.ts';
import { observePlaced, type PlacedArm } from './placed.ts';
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
  const { measures = [] } = claim.spec;
  const replicates = await observeArms(Object.values(armsAtTargets(claim.spec)), configuration, sink, measures);
  const file = projectPath(project, claim.path);
  const spec = specHash([claim], claim.spec, configuration);
  return { ...judgedReplicates(claim, replicates, configuration), file, files: [file], spec, engine };
}

/**
 * Trains what the store lacks of arms at the setup and the seeds of a configuration, of those in other setups there, and gives every
 * replicate, read by what reads all and by those of these measures that are to be asked for. Throws `InputError` on an arm that is in the
 * setup of the configuration by its name.
 */
export async function observeArms(
  arms: readonly PlacedArm[],
  configuration: Configuration,
  sink: ProgressSink,
  measures: readonly string[] = [],
): Promise<readonly ReplicateObservation[]> {
  const { project, catalog, engine, seeds, together, workers, folder } = configuration;
  return observePlaced(arms, (own, name) => {
    const setup = name === undefined ? configuration.setup : setupNamed(project, name);
    if (name !== undefined && setup === configuration.setup) throw ownByName(name);
    const asked = askedBy(catalog, [{ measures }]);
    return observeStudy({ catalog, setup, engine, seeds, together, workers, asked, arms: own }, folder, sink);
  });
}

const ownByName = (name: string): InputError =>
  new InputError(`an arm in the setup '${name}', which is its claim's own`, {
    expected: 'arms of the setup that the claim is about without `inSetup`, and arms of others with it',
    got: `inSetup('${name}', ...)`,
    todo: 'leave `inSetup` out of that arm',
  });
