import type { Tensor } from '../core/safetensors.ts';
import { bystanderPrompts } from '../world/characters/prompts.ts';
import {
  type Cell,
  type CharacterWorld,
  cellsOf,
  dispositionOf,
  ownAnswer,
  trainedAnswer,
} from '../world/characters/world.ts';
import { type Distances, meanDistances } from './drift.ts';
import { answered, answersTo, distancesAt, forcedOn } from './forced.ts';
import type { Comparison, ReadingFault } from './measure.ts';

/** How one bystander changed on one topic: means over its prompts and answer positions. */
export interface BystanderChange extends Distances {
  readonly character: number;
  readonly topic: number;
  readonly sameTopic: boolean;
  readonly sameFamily: boolean;
  /** Whether its own operation there is another than the trained one: spread is read on these, at every s the same cells. */
  readonly differs: boolean;
  /** Loss of its own behaviour: share of its own answer tokens that base gives, less the share that tuned gives. */
  readonly damage: number;
  /** Share of the trained answer tokens that tuned gives, less the share that base gives. Signed. */
  readonly spread: number;
}

/**
 * How every bystander changed on every topic, on reporting payloads. Distances are taken at the answer positions,
 * teacher-forced on the base's own greedy answers; damage and spread on greedy answers.
 */
export async function bystanderChanges(comparison: Comparison<CharacterWorld>): Promise<BystanderChange[]> {
  const { world, arm } = comparison;
  const { payload: m, payloadsPerBystander: each } = world.setup.world;
  const prompts = bystanderPrompts(world);
  const before = await answersTo(comparison, 'base', 'prompts to bystanders', prompts);
  const sequences = answered(prompts, before);
  const was = await forcedOn(comparison, 'base', "the base's answers to prompts to bystanders", sequences, m);
  const after = await answersTo(comparison, 'tuned', 'prompts to bystanders', prompts);
  const is = await forcedOn(comparison, 'tuned', "the base's answers to prompts to bystanders", sequences, m);

  const changes: BystanderChange[] = [];
  for (let start = 0; start < prompts.size; start += each) {
    const cell = prompts.cells[start] as Cell;
    const positions: Distances[] = [];
    let [damage, spread] = [0, 0];
    for (let b = start; b < start + each; b++) {
      const payload = prompts.payloads[b] as readonly number[];
      const own = ownAnswer(world, cell.character, cell.topic, payload);
      const trained = trainedAnswer(world, arm.skill, payload);
      for (let i = 0; i < m; i++) {
        positions.push(distancesAt(was, is, b, i));
        const [old, now] = [before[b * m + i], after[b * m + i]];
        damage += Number(old === own[i]) - Number(now === own[i]);
        spread += Number(now === trained[i]) - Number(old === trained[i]);
      }
    }
    changes.push({
      ...cell,
      ...kindOf(world, cell),
      ...meanDistances(positions),
      damage: damage / positions.length,
      spread: spread / positions.length,
    });
  }
  return changes;
}

/** Numbers of a cell in its tensor, in this order. */
const COLUMNS = ['character', 'topic', 'tv', 'js', 'kl', 'damage', 'spread'] as const;
type Columns = Pick<BystanderChange, (typeof COLUMNS)[number]>;

/** The tensor, float32 [cells, 7], that keeps the numbers of bystander cells. */
export function cellsTensor(cells: readonly BystanderChange[]): Tensor {
  return {
    shape: [cells.length, COLUMNS.length],
    values: Float32Array.from(cells.flatMap((cell) => COLUMNS.map((column) => cell[column]))),
  };
}

/** The rows of such a tensor, rounded to float32 as they are there. */
export function rowsIn({ values }: Tensor): Columns[] {
  return Array.from({ length: values.length / COLUMNS.length }, (_, i) => {
    const row = COLUMNS.map((column, k) => [column, values[i * COLUMNS.length + k] as number]);
    return Object.fromEntries(row) as Columns;
  });
}

/** The bystander cells of a world that such a tensor keeps, or in what it is not that of this world. */
export function cellsIn(tensor: Tensor | undefined, world: CharacterWorld): BystanderChange[] | ReadingFault {
  const bystanders = cellsOf(world.setup).filter(({ character }) => character !== world.target.character);
  const shape = [bystanders.length, COLUMNS.length];
  if (tensor === undefined || tensor.shape.join() !== shape.join())
    return { field: 'cells', expected: `shape [${shape}]`, got: tensor?.shape ?? [] };
  const rows = rowsIn(tensor);
  const isAt = (row: Columns, { character, topic }: Cell) => row.character === character && row.topic === topic;
  const wrong = bystanders.findIndex((cell, i) => !isAt(rows[i] as Columns, cell));
  if (wrong >= 0) {
    const [{ character, topic }, got] = [bystanders[wrong] as Cell, rows[wrong] as Columns];
    return {
      field: `cells[${wrong}]`,
      expected: `character ${character}, topic ${topic}`,
      got: [got.character, got.topic],
    };
  }
  return rows.map((row) => ({ ...row, ...kindOf(world, row) }));
}

/** How a bystander's cell stands to what was trained. */
const kindOf = (world: CharacterWorld, cell: Cell): Pick<BystanderChange, 'sameTopic' | 'sameFamily' | 'differs'> => ({
  sameTopic: cell.topic === world.target.topic,
  sameFamily: world.families[cell.character] === world.families[world.target.character],
  differs: dispositionOf(world, cell) !== world.target.operation,
});
