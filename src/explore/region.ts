import { depth, isOn, type Side } from '../claims/side.ts';
import { canonical } from '../core/canonical.ts';
import type { Influence, Measured, Outcome, Region } from '../records/exploration.ts';
import { wilson } from '../stats/proportion.ts';
import { spearman } from '../stats/rank.ts';
import type { Arm } from '../train/arm.ts';
import { factorsFor, factorValue, type Registered } from './factors.ts';

/** Points that have a number and whose premises held. */
export function usableOf(outcomes: readonly Outcome[]): Measured[] {
  return outcomes.filter((outcome): outcome is Measured => outcome.premise && outcome.value !== null);
}

/** Sums up what points say of a claim with these arms, whose side is `side`. */
export function regionOf(
  outcomes: readonly Outcome[],
  { side, registered, arms }: { side: Side; registered: Registered; arms: readonly Arm[] },
): Region {
  const usable = usableOf(outcomes);
  const faults: Record<string, number> = {};
  for (const { fault } of outcomes) if (fault !== undefined) faults[fault] = (faults[fault] ?? 0) + 1;
  const holds = usable.filter(({ value }) => isOn(side.prediction, value)).length;
  const interval = usable.length === 0 ? null : wilson(holds, usable.length);
  const effects = usable.map(({ value }) => value).sort((a, b) => a - b);
  const at = (share: number): number => effects[Math.round(share * (effects.length - 1))] as number;
  return {
    points: outcomes.length,
    faults,
    premiseFailed: outcomes.filter(({ premise, value }) => value !== null && !premise).length,
    usable: usable.length,
    holds,
    share: usable.length === 0 ? null : holds / usable.length,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    quartiles: effects.length === 0 ? null : [at(0.25), at(0.5), at(0.75)],
    influences: influencesOf(usable, registered, arms),
    boundary: boundaryOf(usable, side),
  };
}

/** The points on the other side, each setup once: fewest changed factors first, of as many the farthest across first. */
export function boundaryOf(usable: readonly Measured[], { prediction }: Side): Measured[] {
  const across = usable
    .filter(({ value }) => depth(prediction, value) < 0)
    .sort((a, b) => distance(a) - distance(b) || depth(prediction, a.value) - depth(prediction, b.value));
  const keys = across.map(({ changes }) => canonical(changes));
  return across.filter((_, i) => keys.indexOf(keys[i] as string) === i);
}

/** How far a point is from the registered setup: the number of factors that it changes. */
const distance = ({ changes }: Outcome): number => Object.keys(changes).length;

function influencesOf(usable: readonly Measured[], registered: Registered, arms: readonly Arm[]): Influence[] {
  const factors = factorsFor(registered, arms);
  const effects = usable.map(({ value }) => value);
  return factors
    .flatMap(({ name }) => {
      const levels = usable.map(({ changes }) => factorValue(registered.setup, arms, changes, name));
      const found = spearman(levels, effects);
      if (found === null) return [];
      const strict = spearman(levels, effects, 1 - 0.05 / factors.length)?.interval;
      const clear = strict !== undefined && (strict.low > 0 || strict.high < 0);
      return [{ factor: name, ...found, clear }];
    })
    .sort((a, b) => Math.abs(b.rho) - Math.abs(a.rho));
}
