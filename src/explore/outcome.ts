import type { SetupOutcome } from '../claims/evidence.ts';
import { readClaim } from '../claims/reading.ts';
import type { Claim } from '../claims/spec.ts';
import { finite } from '../core/errors.ts';
import { isOutcome } from '../lab/outcome.ts';
import type { ReplicateObservation } from '../lab/study.ts';
import type { Setup } from '../world/knobs.ts';
import { type Changes, changed, changedArms, changesText } from './factors.ts';

/** One replicate of a changed setup. */
export interface Point {
  readonly changes: Changes;
  readonly seed: number;
}

/** What one point says of one claim, with what measured it. */
export interface Outcome extends SetupOutcome {
  readonly devices: readonly string[];
}

/** What is said of a point that gave no number. */
export function withoutNumber({ changes, seed }: Point, fault: string): Outcome {
  return { changes, seed, value: null, premise: false, fault: firstLine(fault), devices: [] };
}

/** What the replicate of a point says of a claim about the registered setup. */
export function outcomeOf(claim: Claim, point: Point, registered: Setup, replicate: ReplicateObservation): Outcome {
  const { changes, seed } = point;
  const spec = { ...claim.spec, arms: changedArms(claim.spec.arms, changed(registered, changes)) };
  const devices = [replicate.base, ...replicate.arms.values()].flatMap((each) => each.devices);
  try {
    const { values, premiseFailures } = readClaim({ ...claim, spec }, [replicate]);
    const value = finite(
      values[0] as number,
      `the number of ${claim.spec.id} at ${changesText(changes)}, seed ${seed},`,
    );
    return { changes, seed, value, premise: premiseFailures.length === 0, devices: [...new Set(devices)] };
  } catch (error) {
    if (!isOutcome(error)) throw error;
    return withoutNumber(point, error.message);
  }
}

const firstLine = (text: string): string => text.split('\n')[0] as string;
