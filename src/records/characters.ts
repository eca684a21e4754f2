import { canonical } from '../core/canonical.ts';
import { keysOf } from '../lab/keys.ts';
import type { Configuration } from '../project/configuration.ts';
import type { Store } from '../store/store.ts';
import type { Arm } from '../train/arm.ts';
import { drawWorld } from '../world/characters/world.ts';

/** How one bystander changed on the target's topic, and its mean total variation on the others. */
export interface CharacterChange {
  readonly name: string;
  /** Family, by number; 0 is the target's. */
  readonly family: number;
  readonly tv: number;
  readonly spread: number;
  readonly otherTopicsTv: number;
}

/** What one arm of one replicate changed, bystander by bystander. */
export interface ArmCharacters {
  readonly seed: number;
  readonly arm: Arm;
  readonly characters: readonly CharacterChange[];
}

/** Columns of a cell in an observation's record. */
const [CHARACTER, TOPIC, TV, SPREAD, WIDTH] = [0, 1, 2, 6, 7];

/** One line an arm of a replicate, as canonical JSON: every bystander's change, from the cells in the store. */
export function characterLines(
  { setup, engine }: Pick<Configuration, 'setup' | 'engine'>,
  store: Store,
  seed: number,
  arms: readonly Arm[],
): string {
  const { target, families, vocabulary } = drawWorld(setup, seed);
  const digits = (value: number): number => Number(value.toPrecision(4));
  return arms
    .flatMap((arm) => {
      const cells = store.read('observation', keysOf({ setup, seed, engine }).observation(arm))?.tensors['cells']
        ?.values;
      if (cells === undefined) return [];
      const rows = Array.from({ length: cells.length / WIDTH }, (_, i) => [
        ...cells.subarray(i * WIDTH, (i + 1) * WIDTH),
      ]);
      const characters = [...new Set(rows.map((row) => row[CHARACTER] as number))].map((character): CharacterChange => {
        const own = rows.filter((row) => row[CHARACTER] === character);
        const same = own.find((row) => row[TOPIC] === target.topic) as number[];
        const others = own.filter((row) => row !== same).map((row) => row[TV] as number);
        return {
          name: vocabulary.words[vocabulary.names[character] as number] as string,
          family: families[character] as number,
          tv: digits(same[TV] as number),
          spread: digits(same[SPREAD] as number),
          otherTopicsTv: digits(others.reduce((sum, tv) => sum + tv, 0) / others.length),
        };
      });
      return [`${canonical({ seed, arm, characters } satisfies ArmCharacters)}\n`];
    })
    .join('');
}
