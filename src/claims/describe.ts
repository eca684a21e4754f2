import { compare } from '../stats/rounding.ts';
import { ALPHA, type Prediction } from './verdict.ts';

const significant = (value: number, digits: number): string =>
  value === 0 ? '0' : String(Number(value.toPrecision(digits)));

/** A number to three significant digits, as everywhere in the output. */
export const three = (value: number): string => significant(value, 3);

/** Digits after which a double is printed exactly. */
const EXACT = 17;

/** The margins that a prediction draws; none without a prediction. */
const marginsOf = (prediction: Prediction | undefined): number[] =>
  prediction === undefined
    ? []
    : prediction.kind === 'equivalent'
      ? [-prediction.margin, prediction.margin]
      : [prediction.margin];

/** The shortest text of a number, from `digits` digits on, that lies on the side of each margin that the number lies on. */
function apart(value: number, margins: readonly number[], digits: number, text: (digits: number) => string): string {
  const onItsSides = (printed: number): boolean =>
    margins.every((margin) => compare(printed, margin) === compare(value, margin));
  let more = digits;
  while (more < EXACT && !onItsSides(Number(text(more)))) more++;
  return text(more);
}

/**
 * A share as a percentage, to the whole percent; with as many digits more as it takes to lie on its side of the prediction's
 * margin, and to be 100 or 0 only where it is all or none.
 */
export function percent(share: number, prediction?: Prediction): string {
  const marks = [0, 1, ...marginsOf(prediction)].map((mark) => 100 * mark);
  return `${apart(100 * share, marks, 0, (digits) => String(Number((100 * share).toFixed(digits))))} %`;
}

/** The prediction in words, for example `> 0.05 TV`. */
export function predictionText({ kind, margin }: Prediction, unit: string): string {
  const sign = { greater: '>', less: '<', equivalent: 'within ±' }[kind];
  return kind === 'equivalent' ? `${sign}${margin} ${unit}` : `${sign} ${margin} ${unit}`;
}

/** A verdict, or the id of a claim, as it is shown everywhere: one that is not firm says so. */
export const verdictText = (verdict: string, firm: boolean): string => (firm ? verdict : `${verdict} (borderline)`);

/**
 * A number to three significant digits, with as many more as it takes to lie on its side of a prediction's margin: in print it
 * equals the margin only where it touches it.
 */
export function sidedText(value: number, prediction?: Prediction): string {
  return apart(value, marginsOf(prediction), 3, (digits) => significant(value, digits));
}

/** The ends of an interval, each as in `sidedText`, for example `[0.63, 0.85]`. */
export function endsText({ low, high }: { low: number; high: number }, prediction?: Prediction): string {
  return `[${sidedText(low, prediction)}, ${sidedText(high, prediction)}]`;
}

/** An estimate with its 95 % interval, each number as in `sidedText`, for example `0.74 [0.63, 0.85]`. */
export function intervalText(
  { mean, low, high }: { mean: number; low: number; high: number },
  prediction?: Prediction,
): string {
  return `${sidedText(mean, prediction)} ${endsText({ low, high }, prediction)}`;
}

/** A p value to three significant digits; in print it equals 0.05 only where it does. */
export const pText = (p: number): string => apart(p, [ALPHA], 3, (digits) => significant(p, digits));

/** g_z as people read it; a dash where it has no value. */
export function effectSizeText(hedgesGz: number | null): string {
  return hedgesGz === null ? '-' : three(hedgesGz);
}
