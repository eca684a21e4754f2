import { type Arm, arm } from './arm.ts';
import type { RlOptions } from './methods/rl.ts';

/** Continued pretraining, for as many steps as SDFT with as much rehearsal takes in the same replicate: the floor of forgetting. */
export const nullArm = ({ rehearsal = 0 } = {}): Arm => arm({ method: 'null', skill: 0, rehearsal });

/** Synthetic document fine-tuning: documents that state the target's new disposition. */
export const sdft = ({ rehearsal = 0 } = {}): Arm => arm({ method: 'sdft', skill: 0, rehearsal });

/** Supervised fine-tuning on demonstrations of the trained behaviour. */
export const sft = ({ skill, rehearsal = 0 }: { skill: number; rehearsal?: number }): Arm =>
  arm({ method: 'sft', skill, rehearsal });

/** On-policy reinforcement learning with a reward for each right answer token. */
export const rl = ({
  skill,
  rehearsal = 0,
  ...options
}: { readonly skill: number; readonly rehearsal?: number } & RlOptions): Arm =>
  arm({ method: 'rl', skill, rehearsal, options: { ...options } });
