import type { ArmNumbers } from '../claims/evidence.ts';
import { observed, readClaim } from '../claims/reading.ts';
import type { Claim } from '../claims/spec.ts';
import { armsAtTargets } from '../claims/targets.ts';
import { finite, InputError, NothingToMeasureError } from '../core/errors.ts';
import { askedBy } from '../lab/catalog.ts';
import type { Lineage, Observation } from '../lab/keys.ts';
import { readReplicate } from '../lab/observed.ts';
import { isOutcome } from '../lab/outcome.ts';
import { drift, spread, targetEffect } from '../measure/observation.ts';
import type { Changes, Outcome } from '../records/exploration.ts';
import type { Store } from '../store/store.ts';
import { applied, changedArms } from './applied.ts';
import { changesText } from './factors.ts';
import { unfit } from './fits.ts';

/** One replicate of a changed setup. */
export interface Point {
  readonly changes: Changes;
  readonly seed: number;
}

/** What is said of a point that gave no number. */
export function withoutNumber({ changes, seed }: Point, fault: string): Outcome {
  return { changes, seed, value: null, premise: false, fault: firstLine(fault), devices: [] };
}

/** What the store holds of a point says of a claim about the registered setup; undefined where that was not finished. */
export function outcomeAt(
  claim: Claim,
  point: Point,
  registered: Pick<Lineage, 'catalog' | 'setup' | 'engine'>,
  store: Store,
): Outcome | undefined {
  const { changes, seed } = point;
  const { catalog, engine } = registered;
  const { setup, armOf } = applied(registered, changes);
  const spec = { ...claim.spec, arms: changedArms(claim.spec.arms, { armOf }) };
  const arms = armsAtTargets(spec);
  const asked = askedBy(catalog, [spec]);
  const replicate = readReplicate({ catalog, setup, engine, asked, arms: Object.values(arms) }, store, seed);
  if (replicate === undefined) {
    const [reason] = unfit({ catalog, setup, seed }, Object.values(arms)).values();
    return reason === undefined ? undefined : withoutNumber(point, reason);
  }
  const devices = [replicate.base, ...replicate.arms.values()].flatMap((each) => each.devices);
  try {
    const { values, failed } = readClaim({ ...claim, spec }, [replicate]);
    const value = finite(
      values[0] as number,
      `the number of ${claim.spec.id} at ${changesText(changes)}, seed ${seed},`,
    );
    const numbers = Object.entries(arms).map(([name, arm]) => [name, numbersOf(observed(replicate, arm))]);
    return {
      ...{ changes, seed, value, premise: failed.length === 0, arms: Object.fromEntries(numbers) },
      ...(failed.length > 0 && { failed: failed.map(({ text }) => text) }),
      devices: [...new Set(devices)],
    };
  } catch (error) {
    if (!isOutcome(error)) throw error;
    // As it was thrown: points of one reason are counted together, and each has a seed of its own.
    return withoutNumber(point, error.cause instanceof Error ? error.cause.message : error.message);
  }
}

const numbersOf = (observation: Observation): ArmNumbers => ({
  drift: whereRead(() => drift(observation)),
  spread: whereRead(() => spread(observation)),
  targetEffect: whereRead(() => targetEffect(observation)),
});

/** A number of an observation; null where its measure was not read, or had nothing to measure. */
function whereRead(number: () => number): number | null {
  try {
    return number();
  } catch (error) {
    if (error instanceof NothingToMeasureError || error instanceof InputError) return null;
    throw error;
  }
}

const firstLine = (text: string): string => text.split('\n')[0] as string;
