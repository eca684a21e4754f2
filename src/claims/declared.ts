import type { ProgressSink } from '../lab/progress.ts';
import type { Configuration } from '../project/configuration.ts';
import type { TuningSetup } from '../world/knobs.ts';
import type { Evidence } from './evidence.ts';
import type { Claim, ClaimText, Spec } from './spec.ts';

/** What decides a claim about setups beside the claim that is looked at in each. */
export interface Drawing {
  /** The files of the code that draws the setups and judges what they say. */
  readonly files: readonly string[];
  /** The knobs of tuning that which setups are drawn depends on. */
  readonly knobs: readonly (keyof TuningSetup)[];
}

/** What a hypothesis file exports. */
export interface Declared {
  readonly spec: ClaimText;
  /** The file that declares it. */
  readonly path: string;
  /** Hash of that file and its own imports when it was loaded; null where there is no such file. See `sourcesHash`. */
  readonly text: string | null;
  /** Of a claim about setups: the claim whose arms are compared in each. */
  readonly of?: DeclaredClaim;
  /** Of a claim about setups: how they are drawn. */
  readonly drawing?: Drawing;
  /** Trains what the store lacks, with progress on the sink, and judges. */
  readonly gather: (configuration: Configuration, sink: ProgressSink) => Promise<Evidence>;
}

/** A declared claim about replicates of a registered setup. */
export interface DeclaredClaim extends Declared, Claim {
  readonly spec: Spec<string>;
}

/** Whether a declaration is about replicates of a registered setup. */
export const isClaim = (declared: Declared): declared is DeclaredClaim => 'estimate' in declared;
