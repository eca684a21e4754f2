import { sha256 } from '../core/canonical.ts';

/** A Map holds at most 2^24 entries, so that there is one for each first byte of a hash. */
const PARTS = 256;

/** Which keys were seen, and on which line, with some bytes a key in the place of its text: files of many millions of rows fit. */
export class Seen {
  readonly #lines: readonly Map<number, number>[] = Array.from({ length: PARTS }, () => new Map<number, number>());

  /**
   * The line of an earlier key with the same hash; undefined, and from now on `line`, where there is none. Of ten million keys two
   * share one with probability 0.01: whoever refuses by it looks at the earlier line first.
   */
  earlier(key: string, line: number): number | undefined {
    const hash = Number.parseInt(sha256(key).slice(0, 13), 16);
    const lines = this.#lines[hash % PARTS] as Map<number, number>;
    const known = lines.get(hash);
    if (known === undefined) lines.set(hash, line);
    return known;
  }
}
