import type { Place } from './place.ts';
import { batchOf, type Layout, type Sequence } from './sequence.ts';

/** A text of a place, whose tokens that carry loss are predicted. */
export interface Told {
  readonly sequence: Sequence;
  /** What the target's training would have said of each of those, -1 where it has no say; none of all where absent. */
  readonly trained?: readonly number[];
}

/** Texts that are put at the places of their tags, one by one. */
export class Gathered {
  readonly #places = new Map<string, { readonly tags: readonly string[]; readonly told: Told[] }>();

  put(tags: readonly string[], ...told: readonly Told[]): void {
    if (told.length === 0) return;
    const name = tags.join();
    const place = this.#places.get(name) ?? { tags, told: [] };
    place.told.push(...told);
    this.#places.set(name, place);
  }

  /** The places, in the order in which a text was first put at each. */
  places(layout: Layout): Place[] {
    return [...this.#places.values()].map(({ tags, told }) => {
      const sequences = told.map(({ sequence }) => sequence);
      const { size, tokens, weights } = batchOf(layout, sequences);
      const predictions = Int32Array.from([...weights.keys()].filter((i) => (weights[i] as number) > 0));
      const trained = told.flatMap(({ sequence, trained: said }) => said ?? nothing(sequence));
      return { tags, size, tokens, predictions, trained: Int32Array.from(trained) };
    });
  }
}

const nothing = ({ tokens, lossFrom, lossAt = [] }: Sequence): number[] =>
  Array(tokens.length - lossFrom + lossAt.length).fill(-1);
