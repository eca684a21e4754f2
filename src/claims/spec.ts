import type { Observation } from '../lab/keys.ts';
import type { BaseQuality } from '../measure/measures/quality.ts';
import type { PlaceNumber } from '../measure/places.ts';
import type { Profile } from '../project/config.ts';
import type { PlacedArm } from './placed.ts';
import type { Prediction } from './verdict.ts';

export const FAMILIES = ['confirmatory', 'premise', 'exploratory', 'prevalence'] as const;

/**
 * What a claim says, as data: registry, report and terminal print it.
 * confirmatory: judged in the family that Holm corrects; premise: what must hold for the others to mean something;
 * exploratory: labelled so, outside the family; prevalence: where a confirmatory claim holds, outside the family.
 */
export interface ClaimText {
  /** A short name, for example `H1`. */
  readonly id: string;
  readonly statement: string;
  /** The setup that it is about, by its name in the configuration; `recipe`, or the first, where absent. */
  readonly setup?: string;
  /** The smallest profile that holds it; every one where absent. What takes long is left to the larger ones. */
  readonly from?: Profile;
  readonly family: (typeof FAMILIES)[number];
  /** What the number of one replicate is; the claim is about its mean over replicates. */
  readonly estimand: string;
  /** Unit of the estimate, for example `TV`. */
  readonly unit: string;
  readonly prediction: Prediction;
  /**
   * The smallest true value that would be of interest, in the unit of the estimate: for `greaterThan(m)` above m, for
   * `lessThan(m)` below it, for an equivalence inside its margin, and 0 where absent. How many replicates the claim needs
   * is found for it.
   */
  readonly interest?: number;
  /** What a reader of the verdict should bear in mind, a sentence or two each; shown wherever the claim is told in full. */
  readonly mind?: readonly string[];
}

/** What must hold in a replicate for its number to mean something, beside levels that are reached and a base that plays. */
export interface Premise<Name extends string> {
  /** In words, for example `RL leaves room: at most 80 % of full overwriting`. */
  readonly text: string;
  /** Whether it holds, from what the estimate is made of. */
  readonly holds: Predicate<Name>;
}

type Predicate<Name extends string> = (arms: Readonly<Record<Name, Observation>>, base: BaseQuality) => boolean;

/** A claim of arms named `Name`. */
export interface Spec<Name extends string> extends ClaimText {
  /** The arms that the estimate compares, all forked from the same base but for those of another setup: see `inSetup`. */
  readonly arms: Readonly<Record<Name, PlacedArm>>;
  /**
   * So many targets of each base: the number of a replicate is the mean of the estimate over them, each with the arms that change
   * that target. Where absent the arms are of the targets that they name, and the estimate is taken once.
   */
  readonly targets?: number;
  /**
   * Each arm must have reached its level of target effect, a premise that is counted a replicate; the arms named here may
   * fall short. They are taken where they were best, and the report still counts them.
   */
  readonly mayFallShort?: readonly NoInfer<Name>[];
  /**
   * What the estimate is in essence, as a difference between two arms at places with all of these tags: it is read again at equal
   * effect, steps and target KL, and shown beside the verdict, which rests on the estimate alone. The world must have these places,
   * and `AT.target` (of varieties `AT_TEXTS.target`), by which target KL is read.
   */
  readonly contrast?: {
    readonly of: readonly [NoInfer<Name>, NoInfer<Name>];
    readonly at: readonly string[];
    readonly number: Exclude<PlaceNumber, 'room'>;
  };
  /** Further premises; a replicate fails them as it does by an arm below its level, at any of its targets. */
  readonly premises?: readonly Premise<NoInfer<Name>>[];
  /** Measures, by id, whose readings the estimate takes beside those that every claim gets (see `STANDARD_MEASURES`). */
  readonly measures?: readonly string[];
}

/** One number of one replicate, from the observations of its arms and from what its base knows. */
export type Estimate<Name extends string> = (arms: Readonly<Record<Name, Observation>>, base: BaseQuality) => number;

/** A claim about replicates of one setup: arms, and one number a replicate. */
export interface Claim {
  readonly spec: Spec<string>;
  readonly estimate: Estimate<string>;
}
