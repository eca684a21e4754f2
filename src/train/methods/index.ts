import type { Method } from '../method.ts';
import { clampedMethods } from './clamped.ts';
import { method as continued } from './continued.ts';
import { documentMethods } from './documents.ts';
import { method as nothing } from './null.ts';
import { method as opsd } from './opsd.ts';
import { method as randomReward } from './random-reward.ts';
import { method as rl } from './rl.ts';
import { method as rlPlan } from './rl-plan.ts';
import { method as sdft } from './sdft.ts';
import { method as sft } from './sft.ts';
import { method as sftRollouts } from './sft-rollouts.ts';

/** Every method, in the order in which tables show them. */
export const methods: readonly Method[] = [
  ...[nothing, sdft, ...documentMethods, sft, rl, rlPlan, sftRollouts],
  ...[randomReward, continued, opsd, ...clampedMethods],
];
