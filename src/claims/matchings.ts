import { mean } from 'simple-statistics';
import type { ReplicateObservation } from '../lab/observed.ts';
import { MATCHINGS, type Matching, matched, type Watched } from '../measure/matching.ts';
import { meanInterval } from '../stats/paired.ts';
import type { PlacedArm } from './placed.ts';
import { observed, readAtTargets } from './reading.ts';
import type { Spec } from './spec.ts';
import { armsAtTarget, targetsOf } from './targets.ts';

/** The difference of a claim's contrast where its arms match in one way: its mean over replicates with the 95 % interval. */
export interface MatchedContrast {
  readonly matching: Matching;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The contrast of a claim under every matching, read from the curves of its arms, of several targets the mean over those that have
 * something to measure: shown beside the verdict, never judged. Undefined where the claim has no contrast, where a run was not
 * watched, and where an arm of it starts after another one: before its first step it differs from the base already, and no matching
 * knows by how much.
 */
export function matchingsOf(
  spec: Pick<Spec<string>, 'arms' | 'targets' | 'contrast'>,
  replicates: readonly ReplicateObservation[],
): MatchedContrast[] | undefined {
  const { contrast } = spec;
  if (contrast === undefined || contrast.of.some((name) => spec.arms[name]?.after !== undefined)) return undefined;
  const runs = replicates.map((replicate) =>
    targetsOf(spec).map((target) => {
      const arms = armsAtTarget(spec, target);
      return contrast.of.map((name) => watchedIn(replicate, arms[name] as PlacedArm));
    }),
  );
  if (runs.flat(2).includes(undefined)) return undefined;
  return MATCHINGS.map((matching) => {
    const values = runs.map((ofTargets, r) =>
      mean(
        readAtTargets(`seed ${replicates[r]?.seed}`, ofTargets, (pair) => {
          const [a, b] = matched(pair as [Watched, Watched], matching, contrast.at, contrast.number);
          return a - b;
        }),
      ),
    );
    const { mean: center, interval } = meanInterval(values);
    return { matching, mean: center, low: interval.low, high: interval.high };
  });
}

function watchedIn(replicate: ReplicateObservation, arm: PlacedArm): Watched | undefined {
  const { trajectory, places } = observed(replicate, arm);
  return places.curve === null ? undefined : { trajectory, curve: places.curve };
}
