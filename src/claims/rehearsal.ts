import type { Interval } from '../stats/paired.ts';
import { weightedShare, wilson } from '../stats/proportion.ts';
import type { Evidence, SetupOutcome } from './evidence.ts';

/** The weight of rehearsal in every arm of a claim, as a changed setup names it; it belongs to the arms, not to the setup. */
export const REHEARSAL = 'arms.rehearsal';

export const STRATA = ['without rehearsal', 'with rehearsal'] as const;
/** One of the two kinds of changed setups, of which a profile has as many each: arms do not rehearse, or do. */
export type Stratum = (typeof STRATA)[number];

/** The stratum of a changed setup: arms rehearse only where it says so. */
export const stratumOf = ({ changes }: Pick<SetupOutcome, 'changes'>): Stratum =>
  STRATA[(changes[REHEARSAL] ?? 0) > 0 ? 1 : 0];

/** Whether a setup has a number and the premises of the claim hold there. */
export const isUsable = ({ premise, value }: Pick<SetupOutcome, 'premise' | 'value'>): boolean =>
  premise && value !== null;

/** Of the setups of a stratum whose premises held: in how many a claim lies on its side. */
export interface StratumShare {
  readonly name: Stratum;
  readonly hits: number;
  readonly n: number;
  /** Wilson's 95 % interval of the share; null where there is no such setup. */
  readonly interval: Interval | null;
}

type Setups = NonNullable<Evidence['setups']>;

/** The share of a prevalence claim in each stratum; the one that it names is judged, the other shown beside. */
export function byRehearsal({ outcomes }: Pick<Setups, 'outcomes'>): StratumShare[] {
  return STRATA.map((name) => {
    const own = outcomes.filter((outcome) => isUsable(outcome) && stratumOf(outcome) === name);
    const [hits, n] = [own.filter(({ counts }) => counts === true).length, own.length];
    return { name, hits, n, interval: n === 0 ? null : wilson(hits, n) };
  });
}

/**
 * The share over both strata were `usual` of the setups with rehearsal, with its 95 % interval; never judged. Null where a
 * stratum has no usable setup.
 */
export function together(setups: Pick<Setups, 'outcomes' | 'usual'>): ReturnType<typeof weightedShare> | null {
  const parts = byRehearsal(setups).map(({ name, hits, n }) => {
    return { hits, n, weight: name === 'with rehearsal' ? setups.usual : 1 - setups.usual };
  });
  return parts.some(({ n }) => n === 0) ? null : weightedShare(parts);
}

/** The shares of the setups in which a factor has a value, in each stratum. */
export interface LevelShares {
  readonly factor: string;
  readonly level: number;
  readonly isRegistered: boolean;
  readonly shares: readonly StratumShare[];
}

/** The share at every value of every factor that varies, in the order of the factors; none is judged. */
export function byLevel({ outcomes, factors }: Pick<Setups, 'outcomes' | 'factors'>): LevelShares[] {
  return Object.entries(factors).flatMap(([factor, registered]) => {
    const at = ({ changes }: SetupOutcome): number => changes[factor] ?? registered;
    const levels = [...new Set(outcomes.map(at))].sort((a, b) => a - b);
    if (levels.length < 2) return [];
    return levels.map((level) => {
      const shares = byRehearsal({ outcomes: outcomes.filter((outcome) => at(outcome) === level) });
      return { factor, level, isRegistered: level === registered, shares };
    });
  });
}
