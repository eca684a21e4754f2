import type { Retest } from './confirm.ts';
import { changesText } from './factors.ts';
import type { Region } from './region.ts';

const three = (value: number): string => (value === 0 ? '0' : String(Number(value.toPrecision(3))));
const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** Factors and boundary points that are printed; the file has all. */
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
      .map(({ changes, seed, value }) => `  other side: ${three(value)} at ${changesText(changes)} (seed ${seed})`),
  ];
}

/** A retest in one line. */
export function retestLine({ changes, verdict, mean, low, high, premiseFailures, seeds, flipped }: Retest): string {
  const failed = premiseFailures > 0 ? `, premises failed in ${premiseFailures}` : '';
  const said = flipped ? 'confirmed, the verdict flips' : 'not confirmed as a flip';
  return `  ${said}: ${verdict}, ${three(mean)} [${three(low)}, ${three(high)}] on ${seeds.length} fresh seeds from ${seeds[0]}${failed}, at ${changesText(changes)}`;
}
