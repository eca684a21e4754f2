import type { Evidence } from '../claims/evidence.ts';
import { drawnDigest, judgeSetups, numbersDigest, seedsIn } from '../claims/judging.ts';
import type { Stratum } from '../claims/rehearsal.ts';
import type { Claim, ClaimText } from '../claims/spec.ts';
import type { Prediction } from '../claims/verdict.ts';
import { InvariantError } from '../core/errors.ts';
import type { Outcome } from '../records/exploration.ts';
import { usualShare } from './arbitrary.ts';
import { factorsOf, factorValue, type Registered } from './factors.ts';
import type { Point } from './outcome.ts';

/** A claim about the share of the changed setups of a stratum in which the claim `of` lies on a side. */
export interface About {
  readonly spec: ClaimText;
  readonly of: Pick<Claim, 'spec'>;
  readonly stratum: Stratum;
  readonly side: Prediction;
}

/**
 * What the points that were drawn say of a claim about setups, judged: its evidence but for where that comes from. Throws
 * `InvariantError` where a point said nothing.
 */
export function judgedSetups(
  { spec, of, stratum, side }: About,
  registered: Registered & Pick<Evidence, 'profile'>,
  points: readonly Point[],
  outcomes: readonly Outcome[],
): Omit<Evidence, 'file' | 'files' | 'spec' | 'engine'> {
  const { setup, profile } = registered;
  if (outcomes.length !== points.length)
    throw new InvariantError(`${spec.id}: ${outcomes.length} of ${points.length} setups were observed`);
  if (drawnDigest(outcomes) !== drawnDigest(points))
    throw new InvariantError(`${spec.id}: what was observed is not what was drawn`);
  const measured = outcomes.map(({ devices: _, ...outcome }) => outcome);
  const { outcomes: counted, ...judging } = judgeSetups(spec.prediction, { side, stratum }, measured);
  const seeds = seedsIn(points, stratum);
  const arms = Object.values(of.spec.arms);
  const turned = factorsOf(registered);
  const factors = Object.fromEntries(turned.map(({ name }) => [name, factorValue(setup, arms, {}, name)]));
  const setups = { of: of.spec.id, stratum, usual: usualShare(turned), factors, side, outcomes: counted };
  return {
    ...spec,
    arms: {},
    mayFallShort: [],
    digest: numbersDigest({ id: spec.id, profile, seeds, ...judging, setups }),
    profile,
    devices: [...new Set(outcomes.flatMap(({ devices }) => devices))],
    seeds,
    drawn: drawnDigest(points),
    ...judging,
    censored: [],
    targetEffects: {},
    setups,
  };
}
