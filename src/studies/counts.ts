import { InputError } from '../core/errors.ts';
import { type Cluster, clusteredShare } from '../stats/newcombe.ts';
import type { Cell } from './answer.ts';
import type { ArmNumbers } from './evidence.ts';
import type { StudyFacts } from './format.ts';
import { type ItemsOfArm, itemsAt } from './read.ts';

/** What all cells of an arm come to; null where a row does not say. */
export const totalOf = (cells: readonly Cell[], key: 'k' | 'n' | 'excluded'): number | null =>
  cells.reduce<number | null>((sum, each) => (sum === null || each[key] === null ? null : sum + each[key]), 0);

/** Hits and trials of an arm as its rows say, for showing beside: nothing is judged by them. */
export function plainCounts(cells: readonly Cell[]): ArmNumbers['counts'] {
  const [k, n] = [totalOf(cells, 'k'), totalOf(cells, 'n')];
  return k === null || n === null ? null : { k, n, effective: n, clusters: null };
}

/**
 * Hits and trials of an arm whose proportions are compared. Where the study has items, trials of one item are one cluster; else those of one
 * replicate are, where there are several. With one replicate and no items nothing tells which trials go together: they count as
 * independent, which is told. Throws `InputError` where replicates are training runs (their shares are what can be compared), where
 * hits or trials are not told, where items are no hits, or contradict the rows, and where all trials are of one item.
 */
export function countsOf(
  cells: readonly Cell[],
  items: ItemsOfArm | undefined,
  { replication }: StudyFacts,
  id: string,
): NonNullable<ArmNumbers['counts']> {
  const arm = cells[0]?.arm ?? '';
  const refused = (expected: string, got: string, todo: string): InputError =>
    new InputError(`${id} compares proportions of ${arm}`, { expected, got, todo });
  if (replication.unit === 'pretraining' || replication.unit === 'finetune')
    throw refused(
      'trials of one checkpoint: items, personas or checkpoints as replicates',
      `${replication.unit} runs, whose trials are not independent`,
      "compare the shares of runs: design: 'paired' or 'unpaired'",
    );
  const own = cells.map(({ replicate, step }) => items?.get(itemsAt(replicate, step)));
  if (items !== undefined && own.some((each) => each === undefined))
    throw refused(
      'items of every replicate, at the step that is read',
      'none of some',
      'complete items.jsonl, or take it out',
    );
  const clusters = items === undefined ? cells.map(clusterOf) : merged(own as ReadonlyMap<string, Cluster>[]);
  if (clusters.some((each) => each === null))
    throw refused(
      'k and n in every row that it reads, or items.jsonl',
      'rows without them',
      "add them, or use design: 'paired' or 'unpaired'",
    );
  const all = clusters as readonly Cluster[];
  if (items !== undefined) refuseContradiction(cells, own as ReadonlyMap<string, Cluster>[], refused);
  const n = all.reduce((sum, each) => sum + each.n, 0);
  const k = all.reduce((sum, each) => sum + each.hits, 0);
  const alone = items === undefined && cells.length === 1;
  if (alone) return { k, n, effective: n, clusters: null };
  if (all.length < 2) throw refused('at least two items', 'one, however often it was answered', 'ask more items');
  return { k, n, effective: clusteredShare(all).n, clusters: all.length };
}

const clusterOf = ({ k, n }: Cell): Cluster | null => (k === null || n === null ? null : { hits: k, n });

/** Items over replicates: the same item of several is one cluster. */
function merged(replicates: readonly ReadonlyMap<string, Cluster>[]): Cluster[] {
  const all = new Map<string, Cluster>();
  for (const [item, { hits, n }] of replicates.flatMap((each) => [...each])) {
    const before = all.get(item) ?? { hits: 0, n: 0 };
    all.set(item, { hits: before.hits + hits, n: before.n + n });
  }
  return [...all.values()];
}

function refuseContradiction(
  cells: readonly Cell[],
  items: readonly ReadonlyMap<string, Cluster>[],
  refused: (expected: string, got: string, todo: string) => InputError,
): void {
  for (const [i, { replicate, k, n }] of cells.entries()) {
    const own = [...(items[i]?.values() ?? [])];
    const [hits, trials] = [own.reduce((sum, each) => sum + each.hits, 0), own.reduce((sum, each) => sum + each.n, 0)];
    if (own.some((each) => !Number.isInteger(each.hits) || each.hits < 0 || each.hits > each.n))
      throw refused(
        'items that are hits (1), misses (0) or left out (null)',
        `others in ${replicate}`,
        "use design: 'paired' or 'unpaired'",
      );
    if ((k !== null && k !== hits) || (n !== null && n !== trials))
      throw refused(
        `of ${replicate} the hits and trials of its rows, ${k ?? '-'} of ${n ?? '-'}`,
        `${hits} of ${trials} by its items`,
        'correct one of the two files',
      );
  }
}
