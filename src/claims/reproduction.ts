import { canonical } from '../core/canonical.ts';
import { tInterval } from '../stats/paired.ts';
import type { Evidence } from './evidence.ts';
import type { RegisteredResult } from './registry.ts';
import { isShareFirm } from './share.ts';
import { decide, type Prediction, type Verdict } from './verdict.ts';

/**
 * Whether a registered verdict would be the same with its mean anywhere in the 95 % prediction interval of a repetition with as
 * many replicates, mean +- sqrt(2) t(0.975; n - 1) sd / sqrt(n). Such a verdict is firm; the others are borderline. Training
 * amplifies the rounding of another processor or engine like a new seed: in one such repetition at n = 6 a mean moved by 3.6
 * standard errors. Source: Patil, Peng and Leek 2016 (doi 10.1177/1745691616646366).
 */
export function isFirm({ mean, sd, n, usable, verdict }: RegisteredResult, prediction: Prediction): boolean {
  if (usable !== undefined) return isShareFirm(prediction, mean, usable);
  const { low, high } = tInterval({ mean, sd, n }, 0.95);
  const reach = Math.SQRT2 * ((high - low) / 2);
  return [-reach, 0, reach].every((shift) => {
    const moved = { mean: mean + shift, sd, n };
    return decide(prediction, tInterval(moved, 0.95), tInterval(moved, 0.9)) === verdict;
  });
}

/**
 * Whether `verdict`, of this run, reproduces `registered`, of the registry. 'yes': the same. 'borderline': not the same, but
 * another device ran than the one that was registered, where rounding differs, and either the registered verdict is no firm
 * one and one of the two is inconclusive, or one replicate too many failed a premise. Everything else is 'no': on the
 * registered device the bits are the same, and there is no excuse: there as many setups must have their premises, too.
 */
export function reproduction(
  { devices, values, prediction, premiseFailures, premiseAllowance }: Evidence,
  result: RegisteredResult,
  verdict: Verdict,
  registered: Verdict,
): 'yes' | 'borderline' | 'no' {
  const sameDevices = canonical(devices) === canonical(result.devices);
  if (sameDevices && result.usable !== undefined && result.usable !== values.length) return 'no';
  if (verdict === registered) return 'yes';
  if (sameDevices) return 'no';
  if (verdict === 'premise failed') return premiseFailures.length === premiseAllowance + 1 ? 'borderline' : 'no';
  const neighbours = [verdict, registered].includes('inconclusive') && registered !== 'premise failed';
  return neighbours && !isFirm(result, prediction) ? 'borderline' : 'no';
}
