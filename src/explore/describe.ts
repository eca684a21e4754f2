import { VERDICTS, type Verdict } from '../claims/verdict.ts';
import type { Interval } from '../stats/paired.ts';
import type { Retest } from './confirm.ts';
import { changesText } from './factors.ts';
import type { Region } from './region.ts';

const three = (value: number): string => (value === 0 ? '0' : String(Number(value.toPrecision(3))));
const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** Factors and boundary points that are printed; the file has all of these. */
const SHOWN = 6;

/** A region in lines for the terminal. */
export function regionLines(id: string, unit: string, region: Region): string[] {
  const { points, premiseFailed, holds, share, low, high, quartiles, influences, boundary } = region;
  const usable = points - premiseFailed;
  const head = `${id}: ${points} setups, premises failed in ${premiseFailed}`;
  if (share === null || low === null || high === null || quartiles === null) return [head];
  return [
    `${head}; on the registered side in ${holds} of ${usable}, ${percent(share)} [${percent(low)}, ${percent(high)}]`,
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
        `  other side: ${three(value)} at ${changesText(changes)}`,
        `    again: npm run explore -- --claim ${id} --changes '${JSON.stringify(changes)}' --seed ${seed}`,
      ]),
  ];
}

/** A retest in one line. */
export function retestLine({ changes, verdict, mean, low, high, premiseFailures, seeds, flipped }: Retest): string {
  const failed = premiseFailures > 0 ? `, premises failed in ${premiseFailures}` : '';
  const said = flipped ? 'confirmed, the verdict flips' : 'not confirmed as a flip';
  return `  ${said}: ${verdict}, ${three(mean)} [${three(low)}, ${three(high)}] on ${seeds.length} fresh seeds from ${seeds[0]}${failed}, at ${changesText(changes)}`;
}

/** How often a verdict came out over fresh seeds, in one line. */
export function varietyLine(
  id: string,
  registered: Verdict,
  verdicts: readonly Verdict[],
  { low, high }: Interval,
): string {
  const counts = VERDICTS.map((verdict) => [verdict, verdicts.filter((each) => each === verdict).length] as const);
  const met = counts.filter(([, count]) => count > 0).map(([verdict, count]) => `${verdict} ${count}`);
  const same = counts.find(([verdict]) => verdict === registered)?.[1] ?? 0;
  return `${id}: as registered (${registered}) in ${same} of ${verdicts.length} repetitions over fresh seeds [${percent(low)}, ${percent(high)}]: ${met.join(', ')}`;
}
