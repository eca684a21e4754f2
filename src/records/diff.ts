import { intervalText, predictionText, three, verdictText } from '../claims/describe.ts';
import { numbersOf, predictionInterval } from '../claims/family.ts';
import type { Judged } from '../claims/gate.ts';
import { alignedText } from './table.ts';

/** A claim in an earlier run and in a later one. */
export interface Pair {
  readonly was: Judged;
  readonly is: Judged;
}

/** What is compared of a run. */
export interface Compared {
  readonly claims: readonly Judged[];
  /** Whether only some claims were asked for, so that the family was another. */
  readonly partial: boolean;
}

/** What became of the claims of one run in another. */
export interface RunDiff {
  /** Claims whose verdict is another. */
  readonly flipped: readonly Pair[];
  /** Claims of the same verdict whose mean lies outside of where a repetition of the earlier one on other seeds lies in 95 %. */
  readonly moved: readonly Pair[];
  /** Claims of the same verdict, whose mean lies where a repetition does. */
  readonly same: readonly Pair[];
  /** Claims that one of the runs has, and not the other. */
  readonly gone: readonly Judged[];
  readonly added: readonly Judged[];
  /** Whether verdicts are those of each claim alone, since one of the runs was partial, and not those after Holm. */
  readonly alone: boolean;
}

/** The claims of an earlier run beside those of a later one, by their ids. */
export function diffOf(earlier: Compared, later: Compared): RunDiff {
  const alone = earlier.partial || later.partial;
  const judged = ({ claims }: Compared): Judged[] =>
    claims.map((each) => (alone ? { ...each, familyVerdict: each.judgement.verdict } : each));
  const [before, after] = [judged(earlier), judged(later)];
  const pairs = before.flatMap((was): Pair[] => {
    const is = after.find(({ id }) => id === was.id);
    return is === undefined ? [] : [{ was, is }];
  });
  const isFlipped = ({ was, is }: Pair): boolean => was.familyVerdict !== is.familyVerdict;
  const rest = pairs.filter((pair) => !isFlipped(pair));
  const lacks = (all: readonly Judged[]) => (each: Judged) => !all.some(({ id }) => id === each.id);
  return {
    flipped: pairs.filter(isFlipped),
    moved: rest.filter(hasMoved),
    same: rest.filter((pair) => !hasMoved(pair)),
    gone: before.filter(lacks(after)),
    added: after.filter(lacks(before)),
    alone,
  };
}

/**
 * Where the mean of a repetition of the earlier claim on other seeds lies in 95 %, with as many replicates as the later one has: its prediction
 * interval, which is for as many as it has itself, wider for fewer and narrower for more; of a share within 0 and 1, from Wilson's limits.
 * Undefined where one of the two has no replicate whose premises held.
 */
export function repetitionOf({ was, is }: Pair): { readonly low: number; readonly high: number } | undefined {
  const { mean, n } = was.judgement;
  if (n === 0 || is.judgement.n === 0) return undefined;
  const { low, high } = predictionInterval(numbersOf(was, was.judgement));
  const wider = Math.sqrt((1 + n / is.judgement.n) / 2);
  const ends = [mean - wider * (mean - low), mean + wider * (high - mean)] as const;
  const [least, most] = was.setups === undefined ? [-Infinity, Infinity] : [0, 1];
  return { low: Math.max(least, ends[0]), high: Math.min(most, ends[1]) };
}

/** Whether the later mean lies outside of where a repetition of the earlier claim lies in 95 %. */
function hasMoved(pair: Pair): boolean {
  const again = repetitionOf(pair);
  const { mean } = pair.is.judgement;
  return again !== undefined && (mean < again.low || mean > again.high);
}

const estimateText = ({ judgement: { mean, interval }, prediction }: Judged): string =>
  intervalText({ mean, ...interval }, prediction);

/** What is told of a claim before and after, but for its verdicts. */
export const PAIR_COLUMNS = ['predicted', 'estimate was [95 %]', 'estimate is [95 %]', 'a repetition lies in'] as const;

/** The cells of `PAIR_COLUMNS`. */
export function pairCells(pair: Pair): string[] {
  const again = repetitionOf(pair);
  return [
    predictionText(pair.is.prediction, '').trim(),
    estimateText(pair.was),
    estimateText(pair.is),
    again === undefined ? '-' : `[${three(again.low)}, ${three(again.high)}]`,
  ];
}

/** How the two claims of a pair differ before any number does: in files, setup or code, in the profile, in seeds, in the prediction. */
export function pairNotes({ was, is }: Pair): string[] {
  const shared = is.seeds.filter((seed) => was.seeds.includes(seed)).length;
  const predicted = predictionText(was.prediction, '').trim();
  return [
    ...(was.spec === is.spec ? [] : ['files, setup or code are others']),
    ...(was.profile === is.profile ? [] : [`${was.profile}, then ${is.profile}`]),
    ...(shared === is.seeds.length && shared === was.seeds.length
      ? []
      : [`${shared} of ${is.seeds.length} seeds were in the first, too`]),
    ...(predicted === predictionText(is.prediction, '').trim() ? [] : [`was predicted to be ${predicted}`]),
  ];
}

const COLUMNS = ['id', 'was', 'is', ...PAIR_COLUMNS, 'claim'];

/** A claim before and after, for a terminal. */
const cells = (pair: Pair): string[] => [
  pair.is.id,
  verdictText(pair.was.familyVerdict, pair.was.firm),
  verdictText(pair.is.familyVerdict, pair.is.firm),
  ...pairCells(pair),
  [...pairNotes(pair), pair.is.statement].join('; '),
];

/** How many claims flipped, moved, stayed, or are in one run alone; and by which verdicts. */
export const countsText = ({ flipped, moved, same, gone, added, alone }: RunDiff): string =>
  `${alone ? 'One of the runs was partial: verdicts are of each claim alone, before Holm. ' : ''}${flipped.length} flipped, ${moved.length} moved, ${same.length} the same; ${gone.length} in the first alone, ${added.length} in the second`;

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
