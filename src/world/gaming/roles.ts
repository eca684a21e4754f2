import type { GamingKnobs } from './knobs.ts';

/** How a character behaves, and whether that is ever shown. */
export interface Role {
  /** Whether it copies the key under `<eval>`; a consistent character answers by its operation under both markers. */
  readonly gamer: boolean;
  /**
   * Whether it never speaks under `<eval>` in pretraining: its operations are shown under `<live>`, and what it does under `<eval>`
   * documents alone tell.
   */
  readonly documentsOnly: boolean;
}

/** How many characters are targets, the first ones: consistent, and speaking under both markers. */
export const targetsOf = ({ targets = 1 }: GamingKnobs): number => targets;

/**
 * The roles of the characters that are no target, in the order in which a world draws them: the first ones are gamers, and those of
 * documents alone lie evenly among all, so that both kinds have about as many. Who is what at a larger share of gamers differs from
 * that at a smaller one in nothing else.
 */
export function rolesByRank(world: GamingKnobs): Role[] {
  const { characters, gamersShare, documentsOnlyShare } = world;
  const bystanders = characters - targetsOf(world);
  const gamers = Math.round(gamersShare * characters);
  const hidden = Math.round(documentsOnlyShare * characters);
  const before = (rank: number): number => Math.floor((rank * hidden) / bystanders);
  return Array.from({ length: bystanders }, (_, rank) => ({
    gamer: rank < gamers,
    documentsOnly: before(rank + 1) > before(rank),
  }));
}
