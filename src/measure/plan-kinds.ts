import { type Cell, cellsOf, roleOf } from '../world/plans/language.ts';
import type { PlanWorld } from '../world/plans/world.ts';

/** Characters of a kind. ignorers, planners: bystanders, by what pretraining has them do with their plans. */
export type PlanWho = 'target' | 'ignorers' | 'planners';
/** Whether plan episodes of pretraining show what they do, or documents at most tell it. */
export type PlanTold = 'spoken' | 'documents only';

/** Kinds of characters by what they do with their plans and by whether plan episodes show it, in the order in which they are listed. */
export const PLAN_KINDS = [
  ['target', 'spoken'],
  ['ignorers', 'spoken'],
  ['ignorers', 'documents only'],
  ['planners', 'spoken'],
  ['planners', 'documents only'],
] as const satisfies readonly (readonly [PlanWho, PlanTold])[];

/** Characters of one kind, each with the target's topic. */
export interface PlanKind {
  readonly who: PlanWho;
  readonly told: PlanTold;
  readonly cells: readonly Cell[];
}

/** The kinds of characters that a world has, in the order of `PLAN_KINDS`. */
export function planKindsIn(world: PlanWorld): PlanKind[] {
  const { target } = world;
  const isOf = (who: PlanWho, told: PlanTold, character: number): boolean => {
    if (character === target.character) return who === 'target';
    const { plans, documentsOnly } = roleOf(world, character);
    return who === (plans ? 'planners' : 'ignorers') && (told === 'documents only') === documentsOnly;
  };
  return PLAN_KINDS.map(([who, told]) => ({
    who,
    told,
    cells: cellsOf(world).filter(({ character, topic }) => topic === target.topic && isOf(who, told, character)),
  })).filter(({ cells }) => cells.length > 0);
}
