import type { Texts, World } from '../world.ts';

/** A world in whose prompts a plan stands, which a policy can write itself; see `methods/rl-plan.ts`. */
export interface PlanningWorld extends World {
  /** Where in a prompt its operations stand, ascending, [d], and the tokens of the operations, [n]. */
  readonly plans: { readonly positions: readonly number[]; readonly operations: readonly number[] };
  /** The plan that each prompt's goal asks for, in tokens, int32 [B, d]. */
  askedPlans(prompts: Texts): Int32Array;
  /**
   * The answer to each prompt were each plan the one that stands there, int32 [B, n^d, m]; plans in lexicographic order of the operations, the first
   * one that of the first position.
   */
  followedAnswers(prompts: Texts): Int32Array;
}

/** Whether a policy can write plans in this world. */
export const isPlanning = (world: World): world is PlanningWorld => 'plans' in world && 'followedAnswers' in world;
