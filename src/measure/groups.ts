import type { BystanderChange } from './bystanders.ts';
import type { ReadingFault } from './measure.ts';

/** Which bystanders: on the target's topic or on others, of its family or of others; all where nothing is said. */
export interface Where {
  readonly topic?: 'same' | 'other';
  readonly family?: 'same' | 'other';
}

/** Means over the bystander cells (character, topic) of one kind. */
export interface Group extends Required<Where> {
  readonly cells: number;
  readonly tv: number;
  readonly js: number;
  readonly kl: number;
  readonly damage: number;
  /** Cells whose own operation differs from the trained one, and the mean spread over those. */
  readonly spreadCells: number;
  readonly spread: number;
}

/** The kinds of bystander cells, in the order of groups. */
export const KINDS: readonly Required<Where>[] = (['same', 'other'] as const).flatMap((topic) =>
  (['same', 'other'] as const).map((family) => ({ topic, family })),
);

/** The cells by same / other topic and same / other family; groups without a cell are left out. */
export function grouped(cells: readonly BystanderChange[]): Group[] {
  return KINDS.flatMap(({ topic, family }) => {
    const members = cells.filter(
      (cell) => cell.sameTopic === (topic === 'same') && cell.sameFamily === (family === 'same'),
    );
    if (members.length === 0) return [];
    const open = members.filter(({ differs }) => differs);
    const mean = (of: readonly BystanderChange[], key: 'tv' | 'js' | 'kl' | 'damage' | 'spread'): number =>
      of.reduce((sum, cell) => sum + cell[key], 0) / of.length;
    return [
      {
        topic,
        family,
        cells: members.length,
        tv: mean(members, 'tv'),
        js: mean(members, 'js'),
        kl: mean(members, 'kl'),
        damage: mean(members, 'damage'),
        spreadCells: open.length,
        spread: open.length === 0 ? 0 : mean(open, 'spread'),
      },
    ];
  });
}

/** The first number of the groups that is not the one that the cells give, but for the rounding of the cells to float32. */
export function meansFault(groups: readonly Group[], cells: readonly BystanderChange[]): ReadingFault | undefined {
  const wanted = grouped(cells);
  const names = (of: readonly Group[]): string =>
    of.map(({ topic, family }) => `${topic} topic ${family} family`).join();
  if (names(groups) !== names(wanted)) return { field: 'groups', expected: names(wanted), got: names(groups) };
  for (const [i, group] of groups.entries()) {
    const mean = wanted[i] as Group;
    for (const key of ['cells', 'spreadCells', 'tv', 'js', 'kl', 'damage', 'spread'] as const)
      if (Math.abs(group[key] - mean[key]) > 2e-6 * (1 + Math.abs(mean[key])))
        return { field: `${i}.${key}`, expected: `${mean[key]}, the mean of its cells`, got: group[key] };
  }
  return undefined;
}
