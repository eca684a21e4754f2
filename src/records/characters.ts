import { keysOf, type Lineage } from '../lab/keys.ts';
import { rowsIn } from '../measure/bystanders.ts';
import type { Store } from '../store/store.ts';
import type { Arm } from '../train/arm.ts';
import { CharacterWorld } from '../world/characters/world.ts';
import type { World } from '../world/world.ts';
import type { ArmCharacters, CharacterChange } from './lines.ts';

/** Of arms of a replicate every bystander's change, from the cells in the store; none in a world without characters. */
export function charactersOf(store: Store, lineage: Lineage, world: World, arms: readonly Arm[]): ArmCharacters[] {
  if (!(world instanceof CharacterWorld)) return [];
  const { target, families, vocabulary } = world;
  const digits = (value: number): number => Number(value.toPrecision(4));
  const reads = lineage.catalog.measures.some(({ id }) => id === 'bystanders');
  return arms.flatMap((arm) => {
    const cells = reads
      ? store.read('reading', keysOf(lineage).reading(arm, 'bystanders'))?.tensors['cells']
      : undefined;
    if (cells === undefined) return [];
    const rows = rowsIn(cells);
    const characters = [...new Set(rows.map(({ character }) => character))].map((character): CharacterChange => {
      const own = rows.filter((row) => row.character === character);
      const others = own.filter(({ topic }) => topic !== target.topic).map(({ tv }) => tv);
      const { tv, spread } = own.find(({ topic }) => topic === target.topic) as (typeof own)[number];
      return {
        name: vocabulary.words[vocabulary.names[character] as number] as string,
        family: families[character] as number,
        tv: digits(tv),
        spread: digits(spread),
        otherTopicsTv: digits(others.reduce((sum, each) => sum + each, 0) / others.length),
      };
    });
    return [{ seed: lineage.seed, arm, characters }];
  });
}
