import type { Prediction, Verdict } from '../claims/verdict.ts';
import { wilson } from '../stats/proportion.ts';
import { type RankCorrelation, spearman } from '../stats/rank.ts';
import type { Setup } from '../world/knobs.ts';
import type { Outcome } from './explore.ts';
import { FACTORS, factorValue } from './factors.ts';

/** One factor against the effect, over the points whose premises held. */
export interface Influence extends RankCorrelation {
  readonly factor: string;
  /** Whether the interval excludes 0 also at 95 % over all factors together (Bonferroni). */
  readonly clear: boolean;
}

/** Where a claim holds: over points drawn at random, one replicate each. */
export interface Region {
  readonly points: number;
  readonly premiseFailed: number;
  /** Points, of those whose premises held, that fall on the registered side, their share and its 95 % Wilson interval. */
  readonly holds: number;
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Quartiles of the effect over the points whose premises held, in the claim's unit; null without any. */
  readonly quartiles: readonly [number, number, number] | null;
  /** Factors by how much they move the effect, most first; those that never varied are left out. */
  readonly influences: readonly Influence[];
  /** Points that fall on the other side, nearest to the registered setup first. */
  readonly boundary: readonly Outcome[];
}

/** Whether one replicate falls on the side that was registered: that of the prediction, or the other where it was refuted. */
export function onRegisteredSide({ kind, margin }: Prediction, registered: Verdict, value: number): boolean {
  const predicted = { greater: value > margin, less: value < margin, equivalent: Math.abs(value) <= margin }[kind];
  return predicted === (registered !== 'refuted');
}

/** Sums up the outcomes of a claim that was registered with this verdict. */
export function regionOf(
  outcomes: readonly Outcome[],
  { prediction, registered, setup }: { prediction: Prediction; registered: Verdict; setup: Setup },
): Region {
  const usable = outcomes.filter(({ premise }) => premise);
  const holds = usable.filter(({ value }) => onRegisteredSide(prediction, registered, value)).length;
  const interval = usable.length === 0 ? null : wilson(holds, usable.length);
  const effects = usable.map(({ value }) => value).sort((a, b) => a - b);
  const at = (share: number): number => effects[Math.round(share * (effects.length - 1))] as number;
  return {
    points: outcomes.length,
    premiseFailed: outcomes.length - usable.length,
    holds,
    share: usable.length === 0 ? null : holds / usable.length,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    quartiles: effects.length === 0 ? null : [at(0.25), at(0.5), at(0.75)],
    influences: influencesOf(usable, setup),
    boundary: usable
      .filter(({ value }) => !onRegisteredSide(prediction, registered, value))
      .sort((a, b) => distance(a) - distance(b)),
  };
}

/** How far a point is from the registered setup: the number of factors that it changes. */
const distance = ({ changes }: Outcome): number => Object.keys(changes).length;

function influencesOf(usable: readonly Outcome[], setup: Setup): Influence[] {
  const effects = usable.map(({ value }) => value);
  return FACTORS.flatMap(({ name }) => {
    const levels = usable.map(({ changes }) => factorValue(setup, changes, name));
    const found = spearman(levels, effects);
    if (found === null) return [];
    const strict = spearman(levels, effects, 1 - 0.05 / FACTORS.length)?.interval;
    const clear = strict !== undefined && (strict.low > 0 || strict.high < 0);
    return [{ factor: name, ...found, clear }];
  }).sort((a, b) => Math.abs(b.rho) - Math.abs(a.rho));
}
