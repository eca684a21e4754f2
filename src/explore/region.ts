import { depth, isOn, type Side } from '../claims/side.ts';
import { canonical } from '../core/canonical.ts';
import { wilson } from '../stats/proportion.ts';
import { type RankCorrelation, spearman } from '../stats/rank.ts';
import type { Arm } from '../train/arm.ts';
import type { Setup } from '../world/knobs.ts';
import { FACTORS, factorValue } from './factors.ts';
import type { Outcome } from './outcome.ts';

/** An outcome with a number. */
export type Measured = Outcome & { readonly value: number };

/** One factor against the effect, over the points whose premises held. */
export interface Influence extends RankCorrelation {
  readonly factor: string;
  /** Whether the interval excludes 0 also at 95 % over all factors together (Bonferroni). */
  readonly clear: boolean;
}

/** Where a claim holds: over points drawn at random, one replicate each. */
export interface Region {
  readonly points: number;
  /** Points without a number, by reason. */
  readonly faults: Readonly<Record<string, number>>;
  /** Points with a number, of which a premise failed. */
  readonly premiseFailed: number;
  /** Points whose premises held. */
  readonly usable: number;
  /** Usable points on the side (not those that tie with the margin), their share and its 95 % Wilson interval. */
  readonly holds: number;
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Quartiles of the effect over the usable points, in the claim's unit; null without any. */
  readonly quartiles: readonly [number, number, number] | null;
  /** Factors by how much they move the effect, most first; those that never varied are left out. */
  readonly influences: readonly Influence[];
  /** Points that fall on the other side, each setup once, nearest to the registered one first. */
  readonly boundary: readonly Measured[];
}

/** Points that have a number and whose premises held. */
export function usableOf(outcomes: readonly Outcome[]): Measured[] {
  return outcomes.filter((outcome): outcome is Measured => outcome.premise && outcome.value !== null);
}

/** Sums up what points say of a claim with these arms, whose side is `side`. */
export function regionOf(
  outcomes: readonly Outcome[],
  { side, setup, arms }: { side: Side; setup: Setup; arms: readonly Arm[] },
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
    influences: influencesOf(usable, setup, arms),
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

function influencesOf(usable: readonly Measured[], setup: Setup, arms: readonly Arm[]): Influence[] {
  const effects = usable.map(({ value }) => value);
  return FACTORS.flatMap(({ name }) => {
    const levels = usable.map(({ changes }) => factorValue(setup, arms, changes, name));
    const found = spearman(levels, effects);
    if (found === null) return [];
    const strict = spearman(levels, effects, 1 - 0.05 / FACTORS.length)?.interval;
    const clear = strict !== undefined && (strict.low > 0 || strict.high < 0);
    return [{ factor: name, ...found, clear }];
  }).sort((a, b) => Math.abs(b.rho) - Math.abs(a.rho));
}
