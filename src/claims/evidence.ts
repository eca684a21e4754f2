import type { Profile } from '../project/configuration.ts';
import type { MatchedContrast } from './matchings.ts';
import type { PlacedArm } from './placed.ts';
import type { Stratum } from './rehearsal.ts';
import type { ClaimText, Spec } from './spec.ts';
import type { Judgement, Prediction } from './verdict.ts';

/** One arm's count of replicates that ended below their level of target effect. */
export interface Censored {
  readonly arm: string;
  readonly seeds: readonly number[];
}

/** A premise of a claim's own, in words, and the seeds of the replicates in which it failed. */
export interface PremiseSeen {
  readonly text: string;
  readonly failures: readonly number[];
}

/** Everything that a claim's verdict rests on, ready for JSON. */
export interface Evidence extends ClaimText {
  readonly arms: Readonly<Record<string, PlacedArm>>;
  /** The hypothesis file, from the project's folder with `/` between its parts. */
  readonly file: string;
  /** Every file whose text `spec` covers, that one first. */
  readonly files: readonly string[];
  /** The arms, by their names in the claim, that may end below their level. */
  readonly mayFallShort: readonly string[];
  /** Measures, by id, whose readings the estimate takes beside the standard ones; absent where it names none. */
  readonly measures?: readonly string[];
  /** Hash of the hypothesis files, the setup and the code: another one is another claim. See `specHash`. */
  readonly spec: string;
  /** Hash of every number of this claim: see `numbersDigest`. */
  readonly digest: string;
  readonly profile: Profile;
  readonly engine: string;
  readonly devices: readonly string[];
  readonly seeds: readonly number[];
  /** Hash of what was drawn: the seeds, or the setups and seeds of both strata of a prevalence claim. */
  readonly drawn: string;
  /** One number a replicate, in the order of the seeds; of a prevalence claim, of those whose premises held. */
  readonly values: readonly number[];
  readonly judgement: Judgement;
  readonly censored: readonly Censored[];
  /** The claim's own premises; absent where it has none. */
  readonly premises?: readonly PremiseSeen[];
  /** The claim's contrast and what it is under every matching; absent where it has none. See `matchingsOf`. */
  readonly contrast?: NonNullable<Spec<string>['contrast']>;
  readonly matchings?: readonly MatchedContrast[];
  /**
   * Mean target effect of each arm, by its name in the claim: how well the arms are matched on reporting prompts. In worlds of
   * kinds that `target` is not read in, the rise of success on selection prompts.
   */
  readonly targetEffects: Readonly<Record<string, number>>;
  /** Seeds of replicates in which a premise failed, and how many may: n / 12, rounded down; of setups, fewer than half. */
  readonly premiseFailures: readonly number[];
  readonly premiseAllowance: number;
  /** Mean over the replicates whose premises held, and their number: shown beside, never judged. */
  readonly completeCases: { readonly n: number; readonly mean: number } | null;
  /**
   * Of a prevalence claim: the claim that it is about, the stratum whose share is judged, the side that counts, and what every
   * setup of both strata said. `seeds`, `values` and premises are those of its stratum alone.
   */
  readonly setups?: {
    readonly of: string;
    readonly stratum: Stratum;
    /** The share of setups with rehearsal, were it changed as often as every other factor is. */
    readonly usual: number;
    /** Every factor with its registered value, which it has where a setup does not change it. */
    readonly factors: Readonly<Record<string, number>>;
    readonly side: Prediction;
    readonly outcomes: readonly SetupOutcome[];
  };
}

/** What one replicate of one changed setup says of a claim. */
export interface SetupOutcome {
  /** Factors with the values that this setup gives them. */
  readonly changes: Readonly<Record<string, number>>;
  readonly seed: number;
  /** The claim's number; null where there is none, for the reason in `fault`. */
  readonly value: number | null;
  /** Whether the premises of the claim held. */
  readonly premise: boolean;
  /** Of a prevalence claim: whether it counts, as its premises held and its number lies on the side. */
  readonly counts?: boolean;
  readonly fault?: string;
  /** The premises that failed, in words; absent where all held or there is no number. */
  readonly failed?: readonly string[];
  /** Key numbers of each arm, by its name in the claim; absent where there is no number. */
  readonly arms?: Readonly<Record<string, ArmNumbers>>;
}

/** What an arm changed: bystanders on the target's topic, and the target; null where there is nothing to measure it on. */
export interface ArmNumbers {
  /** See `drift`, `spread` and `targetEffect`. */
  readonly drift: number | null;
  readonly spread: number | null;
  readonly targetEffect: number | null;
}
