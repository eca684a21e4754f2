import { mean } from 'simple-statistics';
import { hashOf } from '../core/canonical.ts';
import { stream } from '../core/rng.ts';
import type { Evidence, SetupOutcome } from './evidence.ts';
import { isUsable, type Stratum, stratumOf } from './rehearsal.ts';
import { judgeShare } from './share.ts';
import { isOn } from './side.ts';
import { judge, type Prediction } from './verdict.ts';

/** What a verdict rests on, and the verdict. */
export type Judging = Pick<Evidence, 'values' | 'judgement' | 'premiseFailures' | 'premiseAllowance' | 'completeCases'>;

/** Of so many replicates one may fail its premises. */
const REPLICATES_A_FAILURE = 12;

/** More than this share of setups must have their premises, or the claim itself fails its premise. */
const LEAST_USABLE = 0.5;

/** How many of `n` setups may fail their premises: fewer than half. */
export const setupsAllowed = (n: number): number => Math.ceil((1 - LEAST_USABLE) * n) - 1;

/** The rules for failed premises in words: part of what a claim is registered with. */
export const PREMISE_RULES = `n / ${REPLICATES_A_FAILURE}; of setups, more than ${LEAST_USABLE} usable`;

/**
 * Judges one number a replicate. More than n / 12 replicates whose premises failed make it 'premise failed'; they stay in the
 * estimate, and the mean without them is shown beside.
 */
export function judgeReplicates(
  { id, prediction }: Pick<Evidence, 'id' | 'prediction'>,
  seeds: readonly number[],
  values: readonly number[],
  premiseFailures: readonly number[],
): Judging {
  const premiseAllowance = Math.floor(seeds.length / REPLICATES_A_FAILURE);
  const complete = values.filter((_value, i) => !premiseFailures.includes(seeds[i] as number));
  const judgement = judge(values, prediction, {
    registered: seeds.length,
    rng: stream(0, 'judge', id),
    premiseFailed: premiseFailures.length > premiseAllowance,
  });
  const completeCases =
    premiseFailures.length === 0 || complete.length === 0 ? null : { n: complete.length, mean: mean([...complete]) };
  return { values, judgement, premiseFailures, premiseAllowance, completeCases };
}

/**
 * Judges what one replicate of each changed setup of a stratum said: the share, of those whose premises held, that lies on the
 * side. Half of these setups or more without their premises make it 'premise failed'. Says of each outcome, of the other
 * stratum, too, whether it counts.
 */
export function judgeSetups(
  prediction: Prediction,
  { side, stratum }: Pick<NonNullable<Evidence['setups']>, 'side' | 'stratum'>,
  outcomes: readonly SetupOutcome[],
): Judging & { readonly outcomes: SetupOutcome[] } {
  const counted = outcomes.map((outcome) => ({
    ...outcome,
    counts: isUsable(outcome) && isOn(side, outcome.value as number),
  }));
  const own = counted.filter((outcome) => stratumOf(outcome) === stratum);
  const values = own.filter(isUsable).map(({ counts }) => (counts ? 1 : 0));
  const premiseFailures = own.filter(({ premise }) => !premise).map(({ seed }) => seed);
  const premiseAllowance = setupsAllowed(own.length);
  const hits = values.filter((value) => value === 1).length;
  const judgement = judgeShare(prediction, hits, values.length, {
    premiseFailed: premiseFailures.length > premiseAllowance,
  });
  return { values, judgement, premiseFailures, premiseAllowance, completeCases: null, outcomes: counted };
}

/** What a claim measured, and what it measured it on. */
type Measured = Pick<Evidence, 'id' | 'profile' | 'seeds' | 'values' | 'premiseFailures' | 'setups'>;

const measuredIn = ({ id, profile, seeds, values, premiseFailures, setups }: Measured): object => ({
  ...{ id, profile, seeds, values, premiseFailures },
  setups: setups?.outcomes,
});

/** Hash of all numbers of one claim: replicate by replicate, or setup by setup. */
export const numbersDigest = (measured: Measured): string => hashOf(measuredIn(measured));

/** Hash of the claims' numbers: two runs with the same digest measured the same. */
export function digestOf(evidence: readonly Measured[]): string {
  return hashOf([...evidence].sort((a, b) => (a.id < b.id ? -1 : 1)).map(measuredIn));
}

/**
 * Where evidence contradicts itself, a phrase each: a verdict, an interval or a digest that its own numbers do not give, or
 * counts that are not those of its setups. Empty for what the harness made.
 */
export function evidenceFaults(evidence: Evidence): string[] {
  const { id, seeds, values, prediction, setups, premiseFailures } = evidence;
  const again =
    setups === undefined
      ? judgeReplicates(evidence, seeds, values, premiseFailures)
      : judgeSetups(prediction, setups, setups.outcomes);
  const parts = {
    values: [values, again.values],
    judgement: [evidence.judgement, again.judgement],
    premiseFailures: [premiseFailures, again.premiseFailures],
    premiseAllowance: [evidence.premiseAllowance, again.premiseAllowance],
    completeCases: [evidence.completeCases, again.completeCases],
    digest: [evidence.digest, numbersDigest(evidence)],
    ...(setups === undefined
      ? { drawn: [evidence.drawn, hashOf(seeds)], seeds: [premiseFailures.filter((each) => !seeds.includes(each)), []] }
      : {
          drawn: [evidence.drawn, drawnDigest(setups.outcomes)],
          seeds: [seeds, seedsIn(setups.outcomes, setups.stratum)],
          setups: [setups.outcomes, 'outcomes' in again ? again.outcomes : []],
        }),
  };
  return Object.entries(parts)
    .filter(([, [is, given]]) => !alike(is, given))
    .map(([name]) => `${id}: its ${name} are not what its numbers give`);
}

/** The seeds of the setups of a stratum, in their order. */
export const seedsIn = (setups: readonly Pick<SetupOutcome, 'changes' | 'seed'>[], stratum: Stratum): number[] =>
  setups.filter((each) => stratumOf(each) === stratum).map(({ seed }) => seed);

/** Hash of the setups and seeds that were drawn for a prevalence claim. */
export const drawnDigest = (points: readonly Pick<SetupOutcome, 'changes' | 'seed'>[]): string =>
  hashOf(points.map(({ changes, seed }) => ({ changes, seed })));

/** Whether two values are equal but for the last digits of numbers, which another version of Node may round otherwise. */
export function alike(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number')
    return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return keys.every((key) => alike((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}
