import { mean } from 'simple-statistics';
import { hashOf } from '../core/canonical.ts';
import type { Observation } from '../lab/keys.ts';
import type { ReplicateObservation } from '../lab/observed.ts';
import { type Changes, targetEffect } from '../measure/observation.ts';
import type { Evidence } from './evidence.ts';
import { judgeReplicates, numbersDigest } from './judging.ts';
import { matchingsOf } from './matchings.ts';
import { observed, readClaim } from './reading.ts';
import type { Claim } from './spec.ts';
import { armsAtTargets, nameAt, targetsOf } from './targets.ts';

/** `targetEffect`; of a world that it is not read in, what success on the selection prompts rose by. */
function effectOf(observation: Observation): number {
  if ((observation as Partial<Changes>).target !== undefined) return targetEffect(observation);
  const { trajectory } = observation;
  return (trajectory.at(-1)?.success ?? 0) - (trajectory[0]?.success ?? 0);
}

/** What replicates say of a claim, judged: its evidence but for where that comes from. */
export function judgedReplicates(
  claim: Claim,
  replicates: readonly ReplicateObservation[],
  { profile, seeds }: Pick<Evidence, 'profile' | 'seeds'>,
): Omit<Evidence, 'file' | 'files' | 'spec' | 'engine'> {
  const { arms: _, targets: __, premises: ___, contrast, mayFallShort: excused = [], ...text } = claim.spec;
  const arms = armsAtTargets(claim.spec);
  const mayFallShort = targetsOf(claim.spec).flatMap((target) => excused.map((name) => nameAt(name, target)));
  const { values, censored, premises, premiseFailures } = readClaim(claim, replicates);
  const matchings = matchingsOf(claim.spec, replicates);
  const effects = Object.entries(arms).map(([name, arm]): [string, number] => {
    return [name, mean(replicates.map((each) => effectOf(observed(each, arm))))];
  });
  const devices = replicates.flatMap(({ base, arms: each }) => [base, ...each.values()].flatMap((o) => o.devices));
  const judging = judgeReplicates(text, seeds, values, premiseFailures);
  return {
    ...text,
    arms,
    mayFallShort,
    digest: numbersDigest({ id: text.id, profile, seeds, ...judging }),
    profile,
    devices: [...new Set(devices)],
    seeds,
    drawn: hashOf(seeds),
    ...judging,
    censored,
    ...(premises.length > 0 && { premises }),
    ...(contrast && matchings && { contrast, matchings }),
    targetEffects: Object.fromEntries(effects),
  };
}
