import { intervalText, three, verdictText } from '../claims/describe.ts';
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

/** Whether the later mean lies outside of where a repetition of the earlier claim lies in 95 %. */
function hasMoved({ was, is }: Pair): boolean {
  const { low, high } = predictionInterval(numbersOf(was, was.judgement));
  return is.judgement.mean < low || is.judgement.mean > high;
}

const estimateText = ({ judgement: { mean, interval }, prediction }: Judged): string =>
  intervalText({ mean, ...interval }, prediction);

/** One claim before and after; a claim of other files, setup or code is said to be another one. */
function cells({ was, is }: Pair): string[] {
  const { low, high } = predictionInterval(numbersOf(was, was.judgement));
  return [
    is.id,
    verdictText(was.familyVerdict, was.firm),
    verdictText(is.familyVerdict, is.firm),
    estimateText(was),
    estimateText(is),
    `[${three(low)}, ${three(high)}]`,
    [
      ...(was.spec === is.spec ? [] : ['files, setup or code are others']),
      ...(was.profile === is.profile ? [] : [`${was.profile}, then ${is.profile}`]),
      is.statement,
    ].join('; '),
  ];
}

const COLUMNS = ['id', 'was', 'is', 'estimate was [95 %]', 'estimate is [95 %]', 'a repetition lies in', 'claim'];

/** What became of claims, for a terminal: verdicts that flipped, means that moved, claims of one run alone, and a count. */
export function diffText({ flipped, moved, same, gone, added }: RunDiff): string {
  const part = (title: string, pairs: readonly Pair[]): string[] =>
    pairs.length === 0 ? [] : [title, alignedText([COLUMNS, ...pairs.map(cells)]), ''];
  const alone = (title: string, claims: readonly Judged[]): string[] =>
    claims.length === 0 ? [] : [`${title}: ${claims.map(({ id }) => id).join(', ')}`, ''];
  return [
    ...part('Verdicts that flipped', flipped),
    ...part('Means that moved beyond what a repetition explains', moved),
    ...alone('In the first alone', gone),
    ...alone('In the second alone', added),
    `${flipped.length} flipped, ${moved.length} moved, ${same.length} the same; ${gone.length} in the first alone, ${added.length} in the second`,
  ].join('\n');
}
