import { operate, type Payload } from '../characters/operations.ts';
import { stringsOver } from '../characters/strings.ts';
import type { PlanKnobs } from './sizes.ts';

/** Operations that are done one after another, [depth]. */
export type Plan = readonly number[];

/** Every plan of a world, in lexicographic order of its operations. */
export function plansOf({ operations, depth }: Pick<PlanKnobs, 'operations' | 'depth'>): Plan[] {
  const each = Array.from({ length: operations }, (_, operation) => operation);
  return stringsOver(each, depth);
}

/** What a payload becomes by a plan: each operation on what the one before it gives, in symbol tokens [m]. */
export function carriedOut(plan: Plan, payload: Payload): number[] {
  return plan.reduce<number[]>((symbols, operation) => operate(operation, symbols), [...payload]);
}

/** By how many places a plan rotates a payload of m symbols: plans of equal turn have equal answers. */
export const turnOf = (plan: Plan, m: number): number => plan.reduce((sum, operation) => sum + operation, 0) % m;
