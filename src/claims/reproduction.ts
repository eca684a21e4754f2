import { canonical } from '../core/canonical.ts';
import { tInterval } from '../stats/paired.ts';
import type { Evidence } from './evidence.ts';
import type { RegisteredResult } from './registry.ts';
import { decide, type Prediction, type Verdict } from './verdict.ts';

/** How far, in standard errors, another processor's rounding may move a mean: training amplifies it like a new seed. */
const ROUNDING = 2;

/**
 * Whether a registered verdict would be the same with its mean moved by two standard errors in either direction. Such a
 * verdict is firm; the others are borderline.
 */
export function isFirm({ mean, sd, n, verdict }: RegisteredResult, prediction: Prediction): boolean {
  const standardError = sd / Math.sqrt(n);
  return [-ROUNDING, 0, ROUNDING].every((shift) => {
    const moved = { mean: mean + shift * standardError, sd, n };
    return decide(prediction, tInterval(moved, 0.95), tInterval(moved, 0.9)) === verdict;
  });
}

/**
 * Whether `verdict`, of this run, reproduces `registered`, of the registry. 'yes': the same. 'borderline': not the same, but
 * another device ran than the one that was registered, where rounding differs, and either the registered verdict is no firm
 * one and one of the two is inconclusive, or one replicate too many failed a premise. Everything else is 'no': on the
 * registered device the bits are the same, and there is no excuse.
 */
export function reproduction(
  { devices, prediction, premiseFailures, premiseAllowance }: Evidence,
  result: RegisteredResult,
  verdict: Verdict,
  registered: Verdict,
): 'yes' | 'borderline' | 'no' {
  if (verdict === registered) return 'yes';
  if (canonical(devices) === canonical(result.devices)) return 'no';
  if (verdict === 'premise failed') return premiseFailures.length === premiseAllowance + 1 ? 'borderline' : 'no';
  const neighbours = [verdict, registered].includes('inconclusive') && registered !== 'premise failed';
  return neighbours && !isFirm(result, prediction) ? 'borderline' : 'no';
}
