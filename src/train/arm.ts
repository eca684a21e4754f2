import { z } from 'zod';
import { InputError } from '../core/errors.ts';

export const armSchema = z.strictObject({
  method: z.enum(['null', 'sdft', 'sft', 'rl']),
  skill: z.number().min(0).max(1),
  rehearsal: z.number().min(0).max(100),
});

/**
 * One way to change the target: the method, the skill intensity s in [0, 1] of the trained behaviour, and the weight of
 * rehearsal (0 = none; else the weight of the mean loss on other characters' pretraining sequences).
 */
export type Arm = Readonly<z.infer<typeof armSchema>>;

function arm(fields: Arm): Arm {
  const parsed = armSchema.safeParse(fields);
  if (parsed.success) return parsed.data;
  throw new InputError('this is not an arm', {
    expected: 'method null, sdft, sft or rl; skill in [0, 1]; rehearsal in [0, 100]',
    got: `${JSON.stringify(fields)} (${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')})`,
    todo: 'correct the arm in the hypothesis file',
  });
}

/** Continued pretraining, for as many steps as SDFT with as much rehearsal takes in the same replicate: the floor of forgetting. */
export const nullArm = ({ rehearsal = 0 } = {}): Arm => arm({ method: 'null', skill: 0, rehearsal });

/** Synthetic document fine-tuning: documents that state the target's new disposition. */
export const sdft = ({ rehearsal = 0 } = {}): Arm => arm({ method: 'sdft', skill: 0, rehearsal });

/** The arm whose steps a null arm copies: SDFT with as much rehearsal. */
export const matchedTo = ({ rehearsal }: Arm): Arm => sdft({ rehearsal });

/** Supervised fine-tuning on demonstrations of the trained behaviour. */
export const sft = ({ skill, rehearsal = 0 }: { skill: number; rehearsal?: number }): Arm =>
  arm({ method: 'sft', skill, rehearsal });

/** On-policy reinforcement learning with a reward for each right answer token. */
export const rl = ({ skill, rehearsal = 0 }: { skill: number; rehearsal?: number }): Arm =>
  arm({ method: 'rl', skill, rehearsal });

/** A name for people and for random streams, for example `rl s=1 rehearsal=0`. */
export const armName = ({ method, skill, rehearsal }: Arm): string => `${method} s=${skill} rehearsal=${rehearsal}`;
