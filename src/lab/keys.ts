import { hashOf } from '../core/canonical.ts';
import type { EngineId } from '../engine/engine.ts';
import type { BaseQuality } from '../measure/base.ts';
import type { Changes } from '../measure/observation.ts';
import type { Arm } from '../train/arm.ts';
import type { Checkpoint } from '../train/tune.ts';
import type { Setup } from '../world/knobs.ts';
import { codeHash, MEASURING_CODE, TRAINING_CODE } from './code.ts';

/**
 * One replicate: a world, its base and every arm forked from that, all functions of these three and of the code; up to
 * rounding also where several train in one program, which their records say.
 */
export interface Lineage {
  readonly setup: Setup;
  readonly seed: number;
  readonly engine: EngineId;
}

/** What is kept of the quality of a base. */
export interface BaseObservation {
  readonly seed: number;
  /** What trained and measured it. */
  readonly devices: readonly string[];
  readonly quality: BaseQuality;
}

/** What one arm of one replicate did. */
export interface Observation extends Changes {
  readonly seed: number;
  readonly arm: Arm;
  /** Whether success on the selection prompts crossed the level; false = censored at its largest number of steps. */
  readonly reached: boolean;
  readonly steps: number;
  readonly trajectory: readonly Checkpoint[];
  /** What trained the base and the arm and measured them, each once. */
  readonly devices: readonly string[];
}

/** The keys of a lineage's records. */
export interface LineageKeys {
  readonly base: string;
  readonly baseObservation: string;
  arm(arm: Arm): string;
  observation(arm: Arm): string;
}

/** The keys of a lineage's records: hashes of everything that determines them. */
export function keysOf({ setup, seed, engine }: Lineage): LineageKeys {
  const { world, model, pretraining, tuning } = setup;
  const base = hashOf({ world, model, pretraining, seed, engine, code: codeHash(TRAINING_CODE) });
  const measuring = codeHash(MEASURING_CODE);
  const arm = (each: Arm): string => hashOf({ base, tuning, arm: each });
  return {
    base,
    baseObservation: hashOf({ base, measuring }),
    arm,
    observation: (each: Arm): string => hashOf({ arm: arm(each), measuring }),
  };
}
