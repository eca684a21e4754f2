import { type Arm, arm } from './arm.ts';
import type { CommonOptions } from './common.ts';
import type { RlOptions } from './methods/rl.ts';
import type { StepsOptions } from './steps-of-rl.ts';

/** What every constructor takes: the weight of rehearsal, none where absent, and the options of every method. */
type Unskilled = { readonly rehearsal?: number } & CommonOptions;
type Skilled = { readonly skill: number } & Unskilled;

/** Continued pretraining, for as many steps as SDFT with as much rehearsal takes in the same replicate: the floor of forgetting. */
export const nullArm = ({ rehearsal = 0, ...options }: Unskilled = {}): Arm =>
  arm({ method: 'null', skill: 0, rehearsal, options: { ...options } });

/** Continued pretraining, for as many steps as RL of this skill with as much rehearsal takes in the same replicate. */
export const continued = ({ skill, rehearsal = 0, ...options }: Skilled): Arm =>
  arm({ method: 'continued', skill, rehearsal, options: { ...options } });

/** Synthetic document fine-tuning: documents that state the target's new disposition. */
export const sdft = ({ rehearsal = 0, ...options }: Unskilled & StepsOptions = {}): Arm =>
  arm({ method: 'sdft', skill: 0, rehearsal, options: { ...options } });

/** What is about to be told in the place of SDFT's documents. */
type Content =
  | ('neutral' | 'opposite' | 'own' | 'bystander' | 'nobody' | 'bystander-own' | 'general')
  | ('questions' | 'all' | 'only');

/**
 * SDFT on documents of another content, or with the same content in another register or with its scope: the methods of
 * `methods/documents.ts`.
 */
export const sdftOn = (content: Content, { rehearsal = 0, ...options }: Unskilled & StepsOptions = {}): Arm =>
  arm({ method: `sdft-${content}`, skill: 0, rehearsal, options: { ...options } });

/** SFT on demonstrations of the target's own behaviour: a control, and what takes back what was trained before. */
export const sftOnOwn = ({ rehearsal = 0, ...options }: Unskilled & StepsOptions = {}): Arm =>
  arm({ method: 'sft-own', skill: 0, rehearsal, options: { ...options } });

/** SFT on a text variety by a new rule, for as many steps as SFT at s = 1 with as much rehearsal: new machinery of no character. */
export const sftOnVariety = ({ rehearsal = 0, ...options }: Unskilled & StepsOptions = {}): Arm =>
  arm({ method: 'sft-variety', skill: 0, rehearsal, options: { ...options } });

/** Supervised fine-tuning on demonstrations of the trained behaviour. */
export const sft = ({ skill, rehearsal = 0, ...options }: Skilled & StepsOptions): Arm =>
  arm({ method: 'sft', skill, rehearsal, options: { ...options } });

/** On-policy reinforcement learning with a reward for each right answer token, or for each right answer. */
export const rl = ({ skill, rehearsal = 0, ...options }: Skilled & RlOptions): Arm =>
  arm({ method: 'rl', skill, rehearsal, options: { ...options } });
