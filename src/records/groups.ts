import { mean } from 'simple-statistics';
import { InputError } from '../core/errors.ts';
import type { Observation } from '../lab/keys.ts';
import { meanInterval } from '../stats/paired.ts';
import { type Arm, armName, atTarget } from '../train/arm.ts';
import { endsAs } from '../train/check.ts';
import type { Method } from '../train/method.ts';
import { asLongAsRl } from '../train/steps-of-rl.ts';
import { AGAIN, type MethodFacts } from './schema.ts';

/** An arm with what is told of its method. */
export interface NamedArm {
  readonly arm: Arm;
  readonly method: MethodFacts;
}

/** The runs of one arm in the order of the seeds: one a replicate, or one a replicate and target, see `byArmOverTargets`. */
export interface ArmRuns extends NamedArm {
  readonly runs: readonly Observation[];
}

/** What a report says of methods, in the order in which arms are listed: those that end after another arm's steps come last. */
export function factsOf(methods: readonly Method[]): MethodFacts[] {
  const facts = methods.map((method) => {
    const { id, label, skilled } = method;
    return { id, label, skilled, leveled: endsAs(method, { method: id, skill: 0, rehearsal: 0 }) === undefined };
  });
  return [...facts.filter(({ leveled }) => leveled), ...facts.filter(({ leveled }) => !leveled)];
}

/** Whether an arm's runs end at its level of target effect, and not after as many steps as another arm's or as it says itself. */
export const isLeveled = ({ arm, method }: NamedArm): boolean =>
  method.leveled && asLongAsRl(arm) === undefined && arm.options?.['steps'] === undefined;

/** An arm with its method out of those that are told of. Throws `InputError` where it is none of them. */
export function named(arm: Arm, methods: readonly MethodFacts[]): NamedArm {
  const method = methods.find(({ id }) => id === arm.method);
  if (method !== undefined) return { arm, method };
  throw new InputError(`an arm of the method '${arm.method}'`, {
    expected: `one of those that claims.json tells of: ${methods.map(({ id }) => id).join(', ')}`,
    got: armName(arm),
    todo: AGAIN,
  });
}

/** Runs by arm, in the order of methods; within a method by rehearsal, skill and options. */
export function byArm(runs: readonly Observation[], methods: readonly MethodFacts[]): ArmRuns[] {
  const groups = new Map<string, Observation[]>();
  for (const run of runs) groups.set(armName(run.arm), [...(groups.get(armName(run.arm)) ?? []), run]);
  return [...groups.values()]
    .map((own) => ({ ...named((own[0] as Observation).arm, methods), runs: own.toSorted((a, b) => a.seed - b.seed) }))
    .sort(inOrderOf(methods));
}

/** How arms are listed: by method, rehearsal, skill and name. */
export const inOrderOf =
  (methods: readonly MethodFacts[]) =>
  (a: NamedArm, b: NamedArm): number =>
    methods.indexOf(a.method) - methods.indexOf(b.method) ||
    a.arm.rehearsal - b.arm.rehearsal ||
    a.arm.skill - b.arm.skill ||
    armName(a.arm).localeCompare(armName(b.arm), 'en');

/** Mean of one number a replicate with its 95 % t interval; the interval is the mean itself where there is one replicate. */
export function summed(values: readonly number[]): { mean: number; low: number; high: number; n: number } {
  if (values.length < 2) {
    const mean = values[0] as number;
    return { mean, low: mean, high: mean, n: values.length };
  }
  const { mean, interval, n } = meanInterval(values);
  return { mean, low: interval.low, high: interval.high, n };
}

/** Runs by arm, one arm whatever the target that it changes: of several targets a replicate has a run each. */
export const byArmOverTargets = (runs: readonly Observation[], methods: readonly MethodFacts[]): ArmRuns[] =>
  byArm(
    runs.map((run) => ({ ...run, arm: atTarget(run.arm, 0) })),
    methods,
  );

/**
 * Whether an arm is a method at a skill intensity and a weight of rehearsal alone: without options, no repetition, at its base from the
 * start.
 */
export const isPlain = ({ arm: { options, again, after } }: Pick<NamedArm, 'arm'>): boolean =>
  options === undefined && again === undefined && after === undefined;

/** One number a replicate by its seed, the mean over its runs that have one; none of a replicate without such a run. */
export function bySeed<Run extends Pick<Observation, 'seed'>>(
  runs: readonly Run[],
  of: (run: Run) => number | undefined,
): ReadonlyMap<number, number> {
  const values = new Map<number, number[]>();
  for (const run of runs) {
    const value = of(run);
    if (value !== undefined) values.set(run.seed, [...(values.get(run.seed) ?? []), value]);
  }
  return new Map([...values].map(([seed, own]) => [seed, mean(own)]));
}

/** The numbers of `bySeed` alone. */
export const perReplicate = <Run extends Pick<Observation, 'seed'>>(
  runs: readonly Run[],
  of: (run: Run) => number | undefined,
): number[] => [...bySeed(runs, of).values()];
