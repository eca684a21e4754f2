import type { Prediction, Verdict } from '../claims/prediction.ts';
import type { Interval } from '../stats/paired.ts';
import type { Reads } from './answer.ts';
import type { StudyFacts, Unit } from './format.ts';
import type { Design } from './spec.ts';

/** What one arm of a claim was in a study: a number a replicate. */
export interface ArmNumbers {
  /** Its name in the claim, and in the study. */
  readonly name: string;
  readonly arm: string;
  readonly replicates: readonly string[];
  readonly values: readonly number[];
  /**
   * Hits and trials over all replicates, the trials that would tell as much were they independent, and of how many items or replicates
   * they are, null where nothing tells that; null where a row does not say.
   */
  readonly counts: {
    readonly k: number;
    readonly n: number;
    readonly effective: number;
    readonly clusters: number | null;
  } | null;
  /** Share of answers that were left out, and the largest in one row; null where a row does not say. */
  readonly excluded: number | null;
  readonly mostExcluded: number | null;
  /** The mean of the same metric in the target; of the study's own word for it where no row says; null where neither does. */
  readonly targetEffect: number | null;
}

/** A verdict about numbers that others measured. */
export interface ImportedJudgement {
  readonly verdict: Verdict;
  readonly estimate: number;
  readonly interval: Interval;
  /** 90 % interval (1 - 2 alpha of TOST) for 'equivalent', null otherwise. */
  readonly equivalenceInterval: Interval | null;
  /** Two-sided, against the margin; for 'equivalent' as `pDecidedOf` has it. */
  readonly p: number;
  /** Sign-flip test of paired numbers against the margin (0 for 'equivalent'); null for other designs. */
  readonly signFlipP: number | null;
  /** Hedges g_z of paired numbers, g_s of unpaired ones; null where it has no value. */
  readonly effectSize: number | null;
  /** Why this verdict needs care by the shape of its numbers, as in `skewWarning`; null where nothing was seen. */
  readonly warning: string | null;
  /** Distance from the margin that is found with power 0.8. */
  readonly minimumDetectable: number;
}

/** Everything that the verdict of a claim about the records of others rests on, ready for JSON. */
export interface ImportedEvidence {
  readonly id: string;
  readonly statement: string;
  readonly estimand: string;
  readonly unit: string;
  readonly prediction: Prediction;
  readonly design: Design;
  readonly reads: Reads;
  readonly mind?: readonly string[];
  /** The hypothesis file and the study's folder, from the project's folder with `/` between their parts. */
  readonly file: string;
  readonly study: string;
  /** What `study.json` says, and the hash of all its files. */
  readonly facts: Pick<StudyFacts, 'title' | 'source' | 'replication' | 'judge' | 'published'>;
  readonly studyDigest: string;
  /** Hash of the hypothesis file, the study and the code that judges: another one is another claim. */
  readonly spec: string;
  readonly arms: readonly ArmNumbers[];
  /** Replicates that the study has in these arms, of which the claim may look at some. */
  readonly available: number;
  /** Of paired arms the number of each replicate, in the order of the first arm's; else none. */
  readonly values: readonly number[];
  readonly judgement: ImportedJudgement;
  readonly premises: readonly { readonly text: string; readonly met: boolean | null }[];
  /** In what the arms differ beside what they are compared for, as the study has it. */
  readonly differs: readonly string[];
  readonly warnings: readonly string[];
  /** The verdict in a sentence that says about what it is one. */
  readonly sentence: string;
}

/** What replicates of a unit are called. */
export const UNIT_NAMES: Readonly<Record<Unit, readonly [one: string, many: string]>> = {
  pretraining: ['pretraining run', 'pretraining runs'],
  finetune: ['training run', 'training runs'],
  checkpoint: ['checkpoint', 'checkpoints'],
  persona: ['persona', 'personas'],
  item: ['item', 'items'],
};
