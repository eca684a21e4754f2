import { mean } from 'simple-statistics';
import { InputError, InvariantError, NothingToMeasureError } from '../core/errors.ts';
import type { Observation } from '../lab/keys.ts';
import type { ReplicateObservation } from '../lab/observed.ts';
import type { Censored, PremiseSeen } from './evidence.ts';
import { type PlacedArm, placedName } from './placed.ts';
import type { Claim } from './spec.ts';
import { armsAtTarget, armsAtTargets, nameAt, targetsOf } from './targets.ts';

/** The measures whose readings every claim gets, by id; others, where it names them. */
export const STANDARD_MEASURES = ['target', 'text', 'bystanders', 'places'] as const;

/** The measure of bases whose reading every claim gets, by id. */
export const STANDARD_BASE_MEASURE = 'quality';

export function observed({ seed, arms }: ReplicateObservation, arm: PlacedArm): Observation {
  const name = placedName(arm);
  const observation = arms.get(name);
  if (observation === undefined) throw new InvariantError(`seed ${seed} has no observation of ${name}`);
  return observation;
}

/** The arms that ended below their level, with the seeds; arms without any are left out. */
function censoredIn(
  arms: Readonly<Record<string, PlacedArm>>,
  replicates: readonly ReplicateObservation[],
): Censored[] {
  return Object.values(arms).flatMap((arm) => {
    const seeds = replicates.filter((replicate) => !observed(replicate, arm).reached).map(({ seed }) => seed);
    return seeds.length === 0 ? [] : [{ arm: placedName(arm), seeds }];
  });
}

/**
 * The seeds, each once and in order, of replicates in which a premise failed: an arm that is not excused ended below its
 * level, or another premise did (`others`), for example as the base does not play its characters.
 */
export function failedPremises(
  censored: readonly Censored[],
  excused: readonly string[],
  others: readonly number[],
): number[] {
  const short = censored.filter(({ arm }) => !excused.includes(arm)).flatMap(({ seeds }) => seeds);
  return [...new Set([...short, ...others])].sort((a, b) => a - b);
}

/** What replicates say of a claim, before it is judged. */
export interface Reading {
  /** One number a replicate. */
  readonly values: readonly number[];
  readonly censored: readonly Censored[];
  /** The claim's own premises, with the seeds of the replicates in which each failed. */
  readonly premises: readonly PremiseSeen[];
  /** Seeds of the replicates in which a premise failed. */
  readonly premiseFailures: readonly number[];
  /** Every premise that failed, with the seeds: levels that arms must reach, a base that plays, and the claim's own. */
  readonly failed: readonly PremiseSeen[];
}

/** The number that an estimate gives twice. Throws `InputError` where it gives two: it is no function of its observations. */
function steady(id: string, estimate: () => number): number {
  const [once, again] = [estimate(), estimate()];
  if (Object.is(once, again)) return once;
  throw new InputError(`the estimate of ${id}`, {
    expected: 'the same number every time, from the same observations',
    got: `${once}, then ${again}`,
    todo: 'take randomness, time and counters out of it',
  });
}

/**
 * What is read at targets of a replicate, of each of them where its world has something to measure. Throws `NothingToMeasureError`,
 * with `where` that is and what was thrown as the cause, where none has.
 */
export function readAtTargets<T, R>(where: string, targets: readonly T[], read: (target: T) => R): R[] {
  const faults: NothingToMeasureError[] = [];
  const all = targets.flatMap((target) => {
    try {
      return [read(target)];
    } catch (error) {
      if (!(error instanceof NothingToMeasureError)) throw error;
      faults.push(error);
      return [];
    }
  });
  const [cause] = faults;
  if (all.length > 0 || cause === undefined) return all;
  throw new NothingToMeasureError(`${where}: ${cause.message}`, { cause });
}

/** An observation without the readings that a claim does not name: its number may rest on no code that its registration does not cover. */
function restricted(observation: Observation, measures: readonly string[]): Observation {
  const kept = Object.entries(observation).filter(
    ([key]) => !observation.measures.includes(key) || measures.includes(key),
  );
  return Object.fromEntries(kept) as unknown as Observation;
}

/** The premise that fails where a target is left out of its replicate's mean. */
const ALL_MEASURED = 'there is something to measure at every target: one without it is left out of the mean';

/**
 * Takes a claim's number in every replicate, at each of its targets twice, and looks at its premises. A target whose world lacks what
 * the claim reads is left out, and a premise says so; throws `NothingToMeasureError` where a replicate has no other.
 */
export function readClaim({ spec, estimate }: Claim, replicates: readonly ReplicateObservation[]): Reading {
  const { mayFallShort = [], measures = [] } = spec;
  const read = [...STANDARD_MEASURES, ...measures];
  const all = armsAtTargets(spec);
  /** What the estimate and the premises are given of a replicate, at each target. */
  const given = replicates.map((replicate) =>
    targetsOf(spec).map((target): Parameters<typeof estimate> => {
      const arms = Object.entries(armsAtTarget(spec, target));
      const byName = arms.map(([name, arm]) => [name, restricted(observed(replicate, arm), read)]);
      return [Object.fromEntries(byName), replicate.base[STANDARD_BASE_MEASURE]];
    }),
  );
  const numbers = given.map((ofTargets, r) =>
    readAtTargets(`${spec.id} at seed ${replicates[r]?.seed}`, ofTargets, (of) => ({
      value: steady(spec.id, () => estimate(...of)),
      premises: (spec.premises ?? []).map(({ holds }) => holds(...of)),
    })),
  );
  const values = numbers.map((ofTargets) => mean(ofTargets.map(({ value }) => value)));
  const seedsWhere = (holds: (r: number) => boolean): number[] =>
    replicates.flatMap(({ seed }, r) => (holds(r) ? [seed] : []));
  const lacking = seedsWhere((r) => numbers[r]?.length !== given[r]?.length);
  const premises: PremiseSeen[] = [
    ...(spec.premises ?? []).map(({ text }, p) => ({
      text,
      failures: seedsWhere((r) => numbers[r]?.some((of) => of.premises[p] !== true) === true),
    })),
    ...(lacking.length > 0 ? [{ text: ALL_MEASURED, failures: lacking }] : []),
  ];
  const censored = censoredIn(all, replicates);
  const excused = targetsOf(spec).flatMap((target) =>
    mayFallShort.map((name) => placedName(all[nameAt(name, target)] as PlacedArm)),
  );
  const strangers = replicates.filter(({ base }) => !base.played).map(({ seed }) => seed);
  const others = [...strangers, ...premises.flatMap(({ failures }) => failures)];
  const short = censored.filter(({ arm }) => !excused.includes(arm));
  const failed = [
    ...short.map(({ arm, seeds }) => ({ text: `below its level: ${arm}`, failures: seeds })),
    { text: 'the base does not play its characters', failures: strangers },
    ...premises,
  ].filter(({ failures }) => failures.length > 0);
  return { values, censored, premises, premiseFailures: failedPremises(censored, excused, others), failed };
}
