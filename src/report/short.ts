import type { Judged } from '../claims/gate.ts';

/** Words that are written in capitals. */
const CAPITALS = /\b(rl|sdft|sft|kl|h\d+\w?|pl\d+)\b/g;

/** Letters at most of a name that is made of a statement. */
const LONGEST = 32;

/** A word or two beside an id: what its file is called, or else how its statement begins. */
export function shortName({ file, statement }: Pick<Judged, 'file' | 'statement'>): string {
  const [, words] = /[^/-]+-([\w-]+)\.test\.[cm]?tsx?$/.exec(file) ?? [];
  if (words !== undefined) return words.replaceAll('-', ' ').replace(CAPITALS, (word) => word.toUpperCase());
  if (statement.length <= LONGEST) return statement;
  return `${statement.slice(0, LONGEST).replace(/ \S*$/, '')} …`;
}

/** The id of a claim with a word or two, for example `H1 (SDFT below RL)`. */
export const idText = (each: Pick<Judged, 'id' | 'file' | 'statement'>): string => `${each.id} (${shortName(each)})`;
