import type { Judged } from '../claims/gate.ts';

/** Words that are written in capitals. */
const CAPITALS = /\b(rl|sdft|sft|kl|[a-z]{1,2}(?=\d))/g;

/** Letters at most of a name that is made of a statement. */
const LONGEST = 32;

/** What is said of a claim beside its id. */
type Named = Pick<Judged, 'id' | 'file' | 'statement'>;

/** A word or two beside an id: what its file is called, or else how its statement begins. */
export function shortName({ file, statement }: Omit<Named, 'id'>): string {
  const [, words] = /[^/-]+-([\w-]+)\.test\.[cm]?tsx?$/.exec(file) ?? [];
  if (words !== undefined) return words.replaceAll('-', ' ').replace(CAPITALS, (word) => word.toUpperCase());
  if (statement.length <= LONGEST) return statement;
  return `${statement.slice(0, LONGEST).replace(/ \S*$/, '')} …`;
}

/** The id of a claim with a word or two, for example `H1 (SDFT below RL)`. */
export const idText = (each: Named): string => `${each.id} (${shortName(each)})`;

/** A text in parts, of which those that say the id of a claim, with its word or two or without, are the claim. */
export function partsOf<Each extends Named>(text: string, claims: readonly Each[]): (string | Each)[] {
  const known = new Map(claims.map((each) => [each.id, each]));
  const parts: (string | Each)[] = [];
  let from = 0;
  for (const { 0: word, index } of text.matchAll(/[A-Za-z0-9-]+/g)) {
    const claim = known.get(word);
    if (claim === undefined || index < from) continue;
    parts.push(text.slice(from, index), claim);
    from = index + (text.startsWith(idText(claim), index) ? idText(claim) : word).length;
  }
  return [...parts, text.slice(from)];
}

/** A text in which the id of every claim has a word or two beside it. */
export const withNames = (text: string, claims: readonly Named[]): string =>
  partsOf(text, claims)
    .map((part) => (typeof part === 'string' ? part : idText(part)))
    .join('');
