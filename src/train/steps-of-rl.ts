import { z } from 'zod';
import { type Arm, arm } from './arm.ts';

/** How an arm is compared with RL at equal steps. */
export interface StepsOptions {
  /** The skill intensity of RL after as many steps as which it ends, with as much rehearsal; at its level where absent. */
  readonly stepsOfRl?: number | undefined;
}

export const stepsOptions: z.ZodType<StepsOptions> = z.strictObject({ stepsOfRl: z.number().min(0).max(1).optional() });

/** The RL whose steps an arm with the option takes; undefined for one without. */
export function asLongAsRl({ rehearsal, options }: Arm): Arm | undefined {
  const skill = options?.['stepsOfRl'];
  return typeof skill === 'number' ? arm({ method: 'rl', skill, rehearsal }) : undefined;
}
