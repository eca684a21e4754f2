import { intervalText, predictionText, three, verdictText } from '../claims/describe.ts';
import { numbersOf, predictionInterval } from '../claims/family.ts';
import type { Judged } from '../claims/gate.ts';
import { alignedText } from './table.ts';

/** A claim in an earlier run and in a later one. */
export interface Pair {
  readonly was: Judged;
  readonly is: Judged;
}

/** What became of the claims of one run in another. */
export interface RunDiff {
  /** Claims whose verdict is another. */
  readonly flipped: readonly Pair[];
  /** Claims of the same verdict whose mean lies outside of where a repetition of the earlier one lies in 95 %. */
  readonly moved: readonly Pair[];
  /** Claims that are the same in everything that is compared. */
  readonly same: readonly Pair[];
  /** Claims that one of the runs has, and not the other. */
  readonly gone: readonly Judged[];
  readonly added: readonly Judged[];
}

/** The claims of an earlier run beside those of a later one, by their ids. */
export function diffOf(earlier: readonly Judged[], later: readonly Judged[]): RunDiff {
  const pairs = earlier.flatMap((was): Pair[] => {
    const is = later.find(({ id }) => id === was.id);
    return is === undefined ? [] : [{ was, is }];
  });
  const isFlipped = ({ was, is }: Pair): boolean => was.familyVerdict !== is.familyVerdict;
  const rest = pairs.filter((pair) => !isFlipped(pair));
  const lacks = (all: readonly Judged[]) => (each: Judged) => !all.some(({ id }) => id === each.id);
  return {
    flipped: pairs.filter(isFlipped),
    moved: rest.filter(hasMoved),
    same: rest.filter((pair) => !hasMoved(pair)),
    gone: earlier.filter(lacks(later)),
    added: later.filter(lacks(earlier)),
  };
}

/**
 * Where the mean of a repetition of the earlier claim lies in 95 %, with as many replicates as the later one has: its prediction interval,
 * which is for as many as it has itself, wider by what fewer replicates scatter more.
 */
export function repetitionOf({ was, is }: Pair): { readonly low: number; readonly high: number } {
  const { mean, n } = was.judgement;
  const { low, high } = predictionInterval(numbersOf(was, was.judgement));
  const wider = Math.sqrt((1 + n / Math.max(1, is.judgement.n)) / 2);
  return { low: mean - wider * (mean - low), high: mean + wider * (high - mean) };
}

/** Whether the later mean lies outside of where a repetition of the earlier claim lies in 95 %. */
function hasMoved(pair: Pair): boolean {
  const { low, high } = repetitionOf(pair);
  const { mean } = pair.is.judgement;
  return mean < low || mean > high;
}

const estimateText = ({ judgement: { mean, interval }, prediction }: Judged): string =>
  intervalText({ mean, ...interval }, prediction);

/** What is told of a claim before and after, but for its verdicts. */
export const PAIR_COLUMNS = ['predicted', 'estimate was [95 %]', 'estimate is [95 %]', 'a repetition lies in'] as const;

/** The cells of `PAIR_COLUMNS`. */
export function pairCells(pair: Pair): string[] {
  const { low, high } = repetitionOf(pair);
  return [
    predictionText(pair.is.prediction, '').trim(),
    estimateText(pair.was),
    estimateText(pair.is),
    `[${three(low)}, ${three(high)}]`,
  ];
}

/** How the two claims of a pair differ before any number does: in files, setup or code, in the profile, in the prediction. */
export const pairNotes = ({ was, is }: Pair): string[] => [
  ...(was.spec === is.spec ? [] : ['files, setup or code are others']),
  ...(was.profile === is.profile ? [] : [`${was.profile}, then ${is.profile}`]),
  ...(predictionText(was.prediction, '') === predictionText(is.prediction, '')
    ? []
    : [`was predicted to be ${predictionText(was.prediction, '').trim()}`]),
];

const COLUMNS = ['id', 'was', 'is', ...PAIR_COLUMNS, 'claim'];

/** A claim before and after, for a terminal. */
const cells = (pair: Pair): string[] => [
  pair.is.id,
  verdictText(pair.was.familyVerdict, pair.was.firm),
  verdictText(pair.is.familyVerdict, pair.is.firm),
  ...pairCells(pair),
  [...pairNotes(pair), pair.is.statement].join('; '),
];

/** How many claims flipped, moved, stayed, or are in one run alone. */
export const countsText = ({ flipped, moved, same, gone, added }: RunDiff): string =>
  `${flipped.length} flipped, ${moved.length} moved, ${same.length} the same; ${gone.length} in the first alone, ${added.length} in the second`;

/** What became of claims, for a terminal: verdicts that flipped, means that moved, claims of one run alone, and a count. */
export function diffText(found: RunDiff): string {
  const { flipped, moved, gone, added } = found;
  const part = (title: string, pairs: readonly Pair[]): string[] =>
    pairs.length === 0 ? [] : [title, alignedText([COLUMNS, ...pairs.map(cells)]), ''];
  const alone = (title: string, claims: readonly Judged[]): string[] =>
    claims.length === 0 ? [] : [`${title}: ${claims.map(({ id }) => id).join(', ')}`, ''];
  return [
    ...part('Verdicts that flipped', flipped),
    ...part('Means that moved beyond what a repetition explains', moved),
    ...alone('In the first alone', gone),
    ...alone('In the second alone', added),
    countsText(found),
  ].join('\n');
}
