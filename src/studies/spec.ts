import type { Prediction } from '../claims/prediction.ts';
import type { Reads } from './answer.ts';

/**
 * How the arms of a claim are compared. paired: one number a replicate from both or all arms; unpaired: the mean of the first arm less
 * that of the second, by Welch; proportions: hits of trials of the first arm less those of the second, by Newcombe.
 */
export const DESIGNS = ['paired', 'unpaired', 'proportions'] as const;
/** How arms are compared, see `DESIGNS`. */
export type Design = (typeof DESIGNS)[number];

/** What a claim about the records of others says, as data. */
export interface ImportedSpec<Name extends string> {
  /** A short name that no other claim has, for example `X1`. */
  readonly id: string;
  readonly statement: string;
  /** The folder of the study, from the project's folder. */
  readonly study: string;
  /** What the number is, and its unit. */
  readonly estimand: string;
  readonly unit: string;
  readonly prediction: Prediction;
  /** `paired` where absent. */
  readonly design?: Design;
  /** What the claim calls arms of the study; where they are compared without an estimate, the first less the second. */
  readonly arms: Readonly<Record<Name, string>>;
  readonly reads: Reads;
  /** The replicates that are looked at, by name; all where absent. The verdict says how many that are of how many. */
  readonly replicates?: readonly string[];
  /** What a reader of the verdict should bear in mind. */
  readonly mind?: readonly string[];
}

/** The number of a replicate from those of its arms. */
export type ImportedEstimate<Name extends string> = (arms: Readonly<Record<Name, number>>) => number;
