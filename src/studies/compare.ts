import { ALPHA, decide, judge, type Prediction, pDecidedOf, type Verdict } from '../claims/verdict.ts';
import { stream } from '../core/rng.ts';
import { minimumDetectableDifference, newcombe, newcombeP, type Proportion } from '../stats/newcombe.ts';
import { type Interval, tInterval } from '../stats/paired.ts';
import { minimumDetectableEffect } from '../stats/power.ts';
import { hedgesGs, welch } from '../stats/welch.ts';
import type { ArmNumbers, ImportedJudgement } from './evidence.ts';
import type { Design } from './spec.ts';

/** What is judged: the claim's numbers in its design. */
export interface Compared {
  readonly id: string;
  readonly prediction: Prediction;
  readonly design: Design;
  readonly values: readonly number[];
  readonly arms: readonly Pick<ArmNumbers, 'values' | 'counts'>[];
}

/** Level of the interval within which TOST has to find an equivalence. */
const TOST = 1 - 2 * ALPHA;

/**
 * Judges the numbers of a claim by its design; a failed premise makes the verdict 'premise failed'. Throws as the statistics do on fewer
 * than two replicates, and on numbers that are not finite.
 */
export function compareArms(compared: Compared, premiseFailed: boolean): ImportedJudgement {
  const judged = JUDGES[compared.design](compared);
  return premiseFailed ? { ...judged, verdict: 'premise failed' } : judged;
}

const JUDGES: Readonly<Record<Design, (compared: Compared) => ImportedJudgement>> = { paired, unpaired, proportions };

function paired({ id, prediction, values }: Compared): ImportedJudgement {
  const judged = judge(values, prediction, { registered: values.length, rng: stream(0, 'judge', id) });
  const { verdict, mean, interval, equivalenceInterval, pDecided, signFlipP, hedgesGz, minimumDetectable, warning } =
    judged;
  return {
    ...{ verdict, estimate: mean, interval, equivalenceInterval, p: pDecided, signFlipP, minimumDetectable },
    ...{ effectSize: hedgesGz, warning },
  };
}

function unpaired({ prediction, arms }: Compared): ImportedJudgement {
  const [a = [], b = []] = arms.map(({ values }) => values);
  const { difference, standardError, df, asOneSample } = welch(a, b);
  // Power is known for whole degrees of freedom: the next smaller, which never promises too much.
  const whole = Math.max(2, Math.floor(df + 1));
  return {
    ...decided(prediction, difference, (level) => tInterval(asOneSample, level)),
    p: pDecidedOf(asOneSample, prediction),
    ...{ signFlipP: null, effectSize: hedgesGs(a, b), warning: null },
    minimumDetectable: minimumDetectableEffect(standardError * Math.sqrt(whole), whole),
  };
}

function proportions({ prediction, arms }: Compared): ImportedJudgement {
  const [a, b] = arms.map(shareOf) as [Proportion, Proportion];
  const { kind, margin } = prediction;
  const difference = a.share - b.share;
  const inside = kind === 'equivalent' && Math.abs(difference) < margin;
  const against = (bound: number): number => newcombeP(a, b, bound);
  // As `pDecidedOf`: an equivalence that the shares point to needs both bounds, each by half of its two-sided p.
  const p = inside
    ? Math.max(against(-margin), against(margin))
    : against(kind === 'equivalent' && difference < 0 ? -margin : margin);
  return {
    ...decided(prediction, difference, (level) => newcombe(a, b, level)),
    ...{ p, signFlipP: null, effectSize: null, warning: null },
    minimumDetectable: minimumDetectableDifference(a, b),
  };
}

function decided(
  prediction: Prediction,
  estimate: number,
  intervalOf: (level: number) => Interval,
): Pick<ImportedJudgement, 'estimate' | 'interval' | 'equivalenceInterval'> & { verdict: Verdict } {
  const [interval, narrow] = [intervalOf(1 - ALPHA), intervalOf(TOST)];
  const equivalenceInterval = prediction.kind === 'equivalent' ? narrow : null;
  return { verdict: decide(prediction, interval, narrow), estimate, interval, equivalenceInterval };
}

/** The share of an arm, with as many trials as it counts for. */
function shareOf({ counts }: Pick<ArmNumbers, 'counts'>): Proportion {
  return counts === null ? { share: Number.NaN, n: 0 } : { share: counts.k / counts.n, n: counts.effective };
}
