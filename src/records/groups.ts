import type { Observation } from '../lab/keys.ts';
import { meanInterval } from '../stats/paired.ts';
import { type Arm, armName } from '../train/arm.ts';

/** The runs of one arm, one a replicate, in the order of the seeds. */
export interface ArmRuns {
  readonly arm: Arm;
  readonly runs: readonly Observation[];
}

/** Runs by arm: SDFT, SFT, RL, null; within a method by rehearsal and skill. */
export function byArm(runs: readonly Observation[]): ArmRuns[] {
  const groups = new Map<string, Observation[]>();
  for (const run of runs) groups.set(armName(run.arm), [...(groups.get(armName(run.arm)) ?? []), run]);
  return [...groups.values()]
    .map((own) => ({ arm: (own[0] as Observation).arm, runs: own.toSorted((a, b) => a.seed - b.seed) }))
    .sort((a, b) => armOrder(a.arm, b.arm));
}

const METHODS = ['sdft', 'sft', 'rl', 'null'];

/** How arms are listed: by method, rehearsal and skill. */
export function armOrder(a: Arm, b: Arm): number {
  return METHODS.indexOf(a.method) - METHODS.indexOf(b.method) || a.rehearsal - b.rehearsal || a.skill - b.skill;
}

/** Mean of one number a replicate with its 95 % t interval; the interval is the mean itself where there is one replicate. */
export function summed(values: readonly number[]): { mean: number; low: number; high: number; n: number } {
  if (values.length < 2) {
    const mean = values[0] as number;
    return { mean, low: mean, high: mean, n: values.length };
  }
  const { mean, interval, n } = meanInterval(values);
  return { mean, low: interval.low, high: interval.high, n };
}
