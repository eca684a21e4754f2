/** One text: token ids from `<s>` on; the tokens from index `lossFrom` to the end carry loss, the ones before do not. */
export interface Sequence {
  readonly tokens: readonly number[];
  readonly lossFrom: number;
}

/** The sequence in which the last `count` tokens carry loss. */
export function lossOnLast(count: number, tokens: readonly number[]): Sequence {
  return { tokens, lossFrom: tokens.length - count };
}
