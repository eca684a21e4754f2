import { type Arm, arm } from './arm.ts';
import type { RlOptions } from './methods/rl.ts';
import type { StepsOptions } from './steps-of-rl.ts';

/** What an arm without a skill may have. */
interface Rehearsed {
  readonly rehearsal?: number;
}

/** What an arm with a skill has. */
interface Skilled extends Rehearsed {
  readonly skill: number;
}

/** Continued pretraining, for as many steps as SDFT with as much rehearsal takes in the same replicate: the floor of forgetting. */
export const nullArm = ({ rehearsal = 0 }: Rehearsed = {}): Arm => arm({ method: 'null', skill: 0, rehearsal });

/** Continued pretraining, for as many steps as RL of this skill with as much rehearsal takes in the same replicate. */
export const continued = ({ skill, rehearsal = 0 }: Skilled): Arm => arm({ method: 'continued', skill, rehearsal });

/** Synthetic document fine-tuning: documents that state the target's new disposition. */
export const sdft = ({ rehearsal = 0, stepsOfRl }: Rehearsed & StepsOptions = {}): Arm =>
  arm({ method: 'sdft', skill: 0, rehearsal, options: { stepsOfRl } });

/** What is about to be told in the place of SDFT's documents. */
type Content = 'neutral' | 'opposite' | 'own' | 'bystander' | 'nobody' | 'questions';

/** SDFT on documents of another content, or with the same content in another register: the methods of `methods/documents.ts`. */
export const sdftOn = (content: Content, { rehearsal = 0, stepsOfRl }: Rehearsed & StepsOptions = {}): Arm =>
  arm({ method: `sdft-${content}`, skill: 0, rehearsal, options: { stepsOfRl } });

/** Supervised fine-tuning on demonstrations of the trained behaviour. */
export const sft = ({ skill, rehearsal = 0, stepsOfRl }: Skilled & StepsOptions): Arm =>
  arm({ method: 'sft', skill, rehearsal, options: { stepsOfRl } });

/** On-policy reinforcement learning with a reward for each right answer token. */
export const rl = ({ skill, rehearsal = 0, ...options }: Skilled & RlOptions): Arm =>
  arm({ method: 'rl', skill, rehearsal, options: { ...options } });
