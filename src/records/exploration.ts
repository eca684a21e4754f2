import type { SetupOutcome } from '../claims/evidence.ts';
import type { Side } from '../claims/side.ts';
import type { Verdict } from '../claims/verdict.ts';
import type { RankCorrelation } from '../stats/rank.ts';

/** The factors that a setup changes, by name, with their values; empty = the registered setup. */
export type Changes = Readonly<Record<string, number>>;

/** What one changed setup says of one claim, with what measured it. */
export interface Outcome extends SetupOutcome {
  readonly devices: readonly string[];
}

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

/** A setup tested again with fresh seeds. */
export interface Retest {
  readonly changes: Changes;
  readonly seeds: readonly number[];
  /** The verdict on the side: supported = as registered, refuted = it flipped. */
  readonly verdict: Verdict;
  /** Mean and 95 % t interval of the claim's number; null with fewer than two numbers. */
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Replicates of which a premise failed, or that have no number. */
  readonly premiseFailures: number;
  /** Whether the interval lies wholly on the other side than the registered one. */
  readonly flipped: boolean;
}

/** The smallest change found that flips a verdict. */
export interface Smallest {
  /** As it was found: the last flip on the way. */
  readonly found: Retest;
  /** The same setup once more on other seeds, as what is looked for is found too often; null where time was up. */
  readonly again: Retest | null;
  /** Smaller changes that were tested on the way. */
  readonly tested: number;
  /** Whether nothing smaller was left to test; false where time was up. */
  readonly complete: boolean;
}

/** What `reports/latest/explore-<claim>.json` holds. */
export interface Exploration {
  readonly claim: string;
  /** Of the claim that was explored: another one is another claim. */
  readonly spec: string;
  readonly engine: string;
  readonly registered: Side;
  readonly seed: number;
  readonly bounds: string | null;
  readonly setups: number;
  /** Whether nothing was left out for lack of time. */
  readonly complete: boolean;
  readonly region: Region;
  readonly outcomes: readonly Outcome[];
  readonly searched: readonly Outcome[];
  readonly pinned: readonly Retest[];
  readonly retests: readonly Retest[];
  readonly smallest: Smallest | null;
}
