import type { Observation } from '../lab/keys.ts';
import { driftAt, spreadAt } from '../measure/observation.ts';
import { weightAt } from '../measure/places.ts';
import { nestedVariance } from '../stats/nested.ts';
import { armName, atTarget, repeated } from '../train/arm.ts';
import { AT } from '../world/characters/places.ts';
import { type NamedArm, named } from './groups.ts';
import type { MethodFacts } from './schema.ts';

/** Where the variance of a number of single runs of an arm comes from: shares of the sum, in [0, 1]. */
export interface VarianceShares extends NamedArm {
  readonly number: string;
  readonly base: number;
  readonly target: number;
  readonly run: number;
  /** The root of the sum: the standard deviation of single runs, in the unit of the number. */
  readonly sd: number;
  /** Of each base, or replicate, so many targets with so many runs. */
  readonly replicates: number;
  readonly targets: number;
  readonly runs: number;
}

/** Numbers whose variance is told, at places where there are predictions of that kind. */
const NUMBERS = [
  { number: 'spread, its topic', tags: AT.sameTopic, kind: 'spread', of: spreadAt },
  { number: 'spread, other topics', tags: AT.otherTopics, kind: 'spread', of: spreadAt },
  { number: 'total variation, its topic', tags: AT.sameTopic, kind: 'tv', of: driftAt },
] as const;

/** Distinct values in the order of their first appearance. */
const distinct = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];

/** Runs of one arm by replicate, target and repetition, of the replicates that have all; undefined where two of each are not there. */
function nested(runs: readonly Observation[]): Observation[][][] | undefined {
  const targets = distinct(runs.map(({ arm }) => arm.target ?? 0));
  const agains = distinct(runs.map(({ arm }) => arm.again ?? 0));
  const all = distinct(runs.map(({ seed }) => seed)).map((seed) =>
    targets.map((target) =>
      agains.flatMap(
        (again) =>
          runs.find(
            ({ arm, ...run }) => run.seed === seed && (arm.target ?? 0) === target && (arm.again ?? 0) === again,
          ) ?? [],
      ),
    ),
  );
  const complete = all.filter((of) => of.every(({ length }) => length === agains.length));
  return Math.min(complete.length, targets.length, agains.length) < 2 ? undefined : complete;
}

/**
 * The shares of base, target and run in the variance of single runs, of every arm that was repeated (`repeated`) at two or more
 * targets of two or more bases; by `nestedVariance`, over the replicates that have every run. Nothing of a number that does not vary,
 * or that some run cannot be read for.
 */
export function varianceShares(runs: readonly Observation[], methods: readonly MethodFacts[]): VarianceShares[] {
  const keyOf = ({ arm }: Observation): string => armName(repeated(atTarget(arm, 0), 0));
  return distinct(runs.map(keyOf)).flatMap((key) => {
    const of = nested(runs.filter((run) => keyOf(run) === key));
    const [first] = of?.flat(2) ?? [];
    if (of === undefined || first === undefined) return [];
    const facts = {
      ...named(repeated(atTarget(first.arm, 0), 0), methods),
      ...{ replicates: of.length, targets: of[0]?.length ?? 0, runs: of[0]?.[0]?.length ?? 0 },
    };
    return NUMBERS.flatMap(({ number, tags, kind, of: read }): VarianceShares[] => {
      if (of.flat(2).some(({ places }) => weightAt(places.end, tags, kind) === 0)) return [];
      const { group, subgroup, within } = nestedVariance(
        of.map((base) => base.map((own) => own.map((run) => read(run, tags)))),
      );
      const sum = group + subgroup + within;
      if (sum === 0) return [];
      return [{ ...facts, number, base: group / sum, target: subgroup / sum, run: within / sum, sd: Math.sqrt(sum) }];
    });
  });
}
