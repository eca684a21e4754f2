import { compare } from '../stats/rounding.ts';
import { commandText } from './command.ts';
import type { Evidence } from './evidence.ts';
import type { RegisteredResult } from './registry.ts';
import { byRehearsal, type Stratum } from './rehearsal.ts';
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

/** Verdict and estimate beside what was registered, in one line. */
export function verdictLine({ id, unit, judgement, prediction }: Evidence, registered: RegisteredResult): string {
  const { verdict, mean, interval } = judgement;
  return `${id} ${verdict} (registered as ${registered.verdict}): ${intervalText({ mean, ...interval }, prediction)} ${unit}`;
}

/** What was measured, what was registered, why the two do not agree, and how to run it again, in some lines. */
export function describeEvidence(evidence: Evidence, registered: RegisteredResult, why: string): string {
  const { id, estimand, unit, prediction, judgement, seeds, values, file, engine, profile } = evidence;
  const { verdict, mean, interval, hedgesGz, minimumDetectable } = judgement;
  const units = evidence.setups === undefined ? 'replicates' : 'setups';
  return [
    `${id} ${verdict}, registered as ${registered.verdict}: does not reproduce`,
    `  why: ${why}`,
    `  claim: ${estimand} ${predictionText(prediction, unit)}`,
    `  measured ${intervalText({ mean, ...interval }, prediction)} ${unit} (95 % interval), g_z ${effectSizeText(hedgesGz)}, ` +
      `${values.length} of ${seeds.length} ${units}, minimum detectable ${three(minimumDetectable)}`,
    `  registered ${intervalText(registered, prediction)} ${unit} on ${registered.engine}, ${registered.n} ${units}` +
      (registered.usable === undefined ? '' : `, ${registered.usable} with their premises`),
    ...(evidence.setups === undefined ? [] : [`  by rehearsal: ${rehearsalText(evidence.setups)}`]),
    ...premiseLines(evidence),
    `  replay: ${commandText({ SPILLOVER_PROFILE: profile, SPILLOVER_ENGINE: engine }, `npx vitest run ${file}`)}`,
    `  hint: ${hint(evidence, registered)}`,
  ].join('\n');
}

/** Hits of a kind of setup, for example `25 of 25 without rehearsal`. */
export const stratumText = ({ hits, n, name }: Stratum): string => `${hits} of ${n} ${name}`;

/** The share of a prevalence claim by rehearsal, each kind with its 95 % Wilson interval. */
export function rehearsalText(setups: NonNullable<Evidence['setups']>): string {
  return byRehearsal(setups)
    .map((each) => {
      const { interval } = each;
      return `${stratumText(each)}${interval === null ? '' : ` [${percent(interval.low)}, ${percent(interval.high)}]`}`;
    })
    .join(', ');
}

/** Which premises failed and which arms fell short, a line each. */
export function premiseLines({
  premiseFailures,
  premiseAllowance,
  censored,
  completeCases,
  setups,
}: Evidence): string[] {
  const failures =
    premiseFailures.length === 0
      ? []
      : [
          `  premise failed in ${premiseFailures.length} ${setups === undefined ? 'replicates' : 'setups'} (at most ${premiseAllowance} may): seeds ${premiseFailures.join(', ')}` +
            (completeCases === null ? '' : `; mean of the other ${completeCases.n}: ${three(completeCases.mean)}`),
        ];
  return [...failures, ...censored.map(({ arm, seeds }) => `  below its level: ${arm} in ${seeds.length} replicates`)];
}

function hint({ judgement }: Evidence, registered: RegisteredResult): string {
  if (judgement.verdict === 'premise failed')
    return 'an arm no longer reaches its level: look at its success in reports/latest/observations.jsonl';
  if (judgement.sd > 1.5 * registered.sd)
    return `the spread between replicates grew (${three(judgement.sd)}, was ${three(registered.sd)})`;
  if (judgement.mean === registered.mean) return 'was reports/claims.lock.json edited by hand?';
  return `the mean moved from ${three(registered.mean)} to ${three(judgement.mean)}: what trained, measured or kept it has changed`;
}
