import { quoted } from '../claims/command.ts';
import { intervalText, percent, predictionText, sidedText, three } from '../claims/describe.ts';
import type { Side } from '../claims/side.ts';
import { type Prediction, VERDICTS, type Verdict } from '../claims/verdict.ts';
import type { Region, Retest, Smallest } from '../records/exploration.ts';
import { wilson } from '../stats/proportion.ts';
import { changesText } from './factors.ts';

/** Factors and boundary points that are printed; the file has all of these. */
const SHOWN = 6;

/** A region in lines for the terminal. */
export function regionLines(id: string, unit: string, { prediction, origin }: Side, region: Region): string[] {
  const { points, premiseFailed, usable, holds, share, low, high, quartiles, influences, boundary } = region;
  const faults = Object.entries(region.faults);
  const head = [
    `${id}: ${points} setups, one replicate each; a premise failed in ${premiseFailed}`,
    ...faults.map(([fault, count]) => `  no number in ${count}: ${fault}`),
  ];
  if (share === null || low === null || high === null || quartiles === null) return head;
  return [
    ...head,
    `  on the ${origin} side (${predictionText(prediction, unit)}) in ${holds} of ${usable}, ${percent(share)} [${percent(low)}, ${percent(high)}]`,
    `  effect: quartiles ${quartiles.map(three).join(', ')} ${unit}`,
    ...influences
      .slice(0, SHOWN)
      .map(
        ({ factor, rho, interval, clear }) =>
          `  ${factor.padEnd(28)} rank correlation ${three(rho)} [${three(interval.low)}, ${three(interval.high)}]${clear ? ' *' : ''}`,
      ),
    ...boundary
      .slice(0, SHOWN)
      .flatMap(({ changes, seed, value }) => [
        `  other side: ${sidedText(value, prediction)} at ${changesText(changes)}`,
        `    again: ${replayLine(id, changes, seed)}`,
      ]),
  ];
}

/** The command that runs one replicate of a changed setup again. */
function replayLine(id: string, changes: Readonly<Record<string, number>>, seed: number): string {
  return `npm run explore -- --claim ${id} --changes ${quoted(JSON.stringify(changes))} --seed ${seed}`;
}

/** A retest of a side in one line. */
export function retestLine(
  { changes, verdict, mean, low, high, premiseFailures, seeds, flipped }: Retest,
  side: Prediction,
): string {
  const failed = premiseFailures > 0 ? `, premises failed in ${premiseFailures}` : '';
  const said = flipped
    ? 'it flips'
    : verdict === 'supported'
      ? 'on its side'
      : verdict === 'refuted'
        ? 'on the other side'
        : verdict;
  const number = mean === null || low === null || high === null ? '' : `, ${intervalText({ mean, low, high }, side)}`;
  return `${said}${number} on ${seeds.length} fresh seeds from ${seeds[0]}${failed}, at ${changesText(changes)}`;
}

/** What the search for the smallest change came to, in lines. */
export function smallestLines({ found, again, tested, complete }: Smallest, side: Prediction): string[] {
  const end = complete
    ? `none of ${tested} smaller ones that were tested flips it`
    : `time was up after ${tested} smaller ones`;
  const doubt = again?.flipped === false ? ': not confirmed' : '';
  const once = again === null ? [] : [`  once more${doubt}: ${retestLine(again, side)}`];
  return [`  smallest change found: ${retestLine(found, side)}; ${end}`, ...once];
}

/** How often a verdict came out over fresh seeds, in one line. */
export function varietyLine(
  id: string,
  registered: Verdict,
  verdicts: readonly Verdict[],
  { replicates, asked }: { readonly replicates: number; readonly asked: number },
): string {
  const late = verdicts.length < asked ? ` (of ${asked} asked for; time was up)` : '';
  if (verdicts.length === 0) return `${id}: no repetition was ready in time${late}`;
  const counts = VERDICTS.map((verdict) => [verdict, verdicts.filter((each) => each === verdict).length] as const);
  const met = counts.filter(([, count]) => count > 0).map(([verdict, count]) => `${verdict} ${count}`);
  const same = verdicts.filter((verdict) => verdict === registered).length;
  const { low, high } = wilson(same, verdicts.length);
  return `${id}: as registered (${registered}) in ${same} of ${verdicts.length} repetitions${late} with ${replicates} fresh seeds each [${percent(low)}, ${percent(high)}]: ${met.join(', ')}`;
}

/** That a search found nothing, in one line. */
export const noneLine = (drawn: number, searched: number, tested: number): string =>
  `  no confirmed flip: ${drawn} setups drawn, ${searched} more searched, ${tested} tested again`;
