import type { ReplicateObservation } from '../lab/observed.ts';
import { PROFILES, type Profile } from '../project/configuration.ts';
import { equivalencePower, tTestPower } from '../stats/power.ts';
import { type Summary, summarise } from '../stats/sample.ts';
import type { Declared, DeclaredClaim } from './declared.ts';
import { three } from './describe.ts';
import type { Evidence } from './evidence.ts';
import { readClaim } from './reading.ts';
import type { ClaimText } from './spec.ts';
import { ALPHA, type Prediction } from './verdict.ts';

/** The power that a claim should have. */
export const ENOUGH = 0.8;

/** No more replicates than this are looked for. */
export const MOST_REPLICATES = 200;

/** How often a claim is supported at one error rate, were its smallest value of interest true and the spread that of development. */
export interface Powered {
  /** Two-sided error rate of the t test; of an equivalence, that of each of its two one-sided tests. */
  readonly alpha: number;
  /** With the replicates of each profile. */
  readonly power: Readonly<Record<Profile, number>>;
  /** The least number of replicates with a power of `ENOUGH`; null where that is more than `MOST_REPLICATES`. */
  readonly needed: number | null;
}

/** What a power analysis rests on: a claim, what it said on development seeds, and how many replicates the profiles have. */
export interface Developed extends Pick<ClaimText, 'unit' | 'prediction' | 'from'> {
  readonly claim: string;
  /** Hash of the claim, as `specHash` has it: of another one this says nothing. */
  readonly spec: string;
  /** The smallest true value of interest, in the claim's unit; of an equivalence 0 where it names none, else null. */
  readonly interest: number | null;
  readonly seeds: readonly number[];
  /** One number a seed, in the claim's unit. */
  readonly values: readonly number[];
  /** The seeds of which a premise failed. */
  readonly premiseFailures: readonly number[];
  readonly replicates: Readonly<Record<Profile, number>>;
  /** Of a confirmatory claim, how many of them there are; else null. */
  readonly confirmatory: number | null;
}

/** How many replicates a claim needs, from development seeds. */
export interface PowerAnalysis extends Developed {
  /** Over the development seeds, in the claim's unit. */
  readonly mean: number;
  readonly sd: number;
  /** Judged alone; null where the claim names no smallest value of interest. */
  readonly alone: Powered | null;
  /** At Holm's worst case, the alpha of the smallest p of the family; null of a claim outside of it, too. */
  readonly family: Powered | null;
}

/** What a claim said on development seeds. Throws as `readClaim` does. */
export function developed(
  claim: DeclaredClaim,
  observed: readonly ReplicateObservation[],
  about: Pick<Developed, 'spec' | 'replicates'> & { readonly confirmatory: number },
): Developed {
  const { id, unit, prediction, interest, family, from } = claim.spec;
  const { values, premiseFailures } = readClaim(claim, observed);
  return {
    ...{ claim: id, spec: about.spec, unit, prediction, ...(from !== undefined && { from }) },
    interest: interest ?? (prediction.kind === 'equivalent' ? 0 : null),
    ...{ seeds: observed.map(({ seed }) => seed), values, premiseFailures, replicates: about.replicates },
    confirmatory: family === 'confirmatory' ? about.confirmatory : null,
  };
}

/**
 * The power of a claim from its development seeds. Alone, alpha is that of `decide`: 0.05, two-sided or in each test of an
 * equivalence. In the family it is that of `pDecidedOf` at Holm's smallest p: 0.05 over the number of confirmatory claims, and
 * half of that in each test of an equivalence, whose p is doubled. Throws `InvariantError` on values that are not finite.
 */
export function powerOf(from: Developed): PowerAnalysis {
  const { values, interest, prediction, confirmatory } = from;
  const { mean, sd } = summarise(values);
  const at = (alpha: number): Powered | null =>
    interest === null ? null : powered(prediction, interest, sd, from.replicates, alpha);
  const tests = prediction.kind === 'equivalent' ? 2 : 1;
  return {
    ...from,
    mean,
    sd,
    alone: at(ALPHA),
    family: confirmatory === null ? null : at(ALPHA / confirmatory / tests),
  };
}

function powered(
  prediction: Prediction,
  truth: number,
  sd: number,
  replicates: Developed['replicates'],
  alpha: number,
): Powered {
  // The integral may come out above 1 by its rounding.
  const at = (n: number): number => Math.min(1, supportedIn(prediction, { mean: truth, sd, n }, alpha));
  const numbers = Array.from({ length: MOST_REPLICATES - 1 }, (_, i) => i + 2);
  const power = Object.fromEntries(PROFILES.map((profile) => [profile, at(replicates[profile])]));
  return { alpha, power: power as Powered['power'], needed: numbers.find((n) => at(n) >= ENOUGH) ?? null };
}

/** How often n values with this true mean, inside the prediction, and standard deviation support the prediction. */
function supportedIn({ kind, margin }: Prediction, { mean, sd, n }: Summary, alpha: number): number {
  if (kind === 'equivalent') return equivalencePower(mean, sd, margin, n, alpha);
  return sd === 0 ? 1 : tTestPower((mean - margin) / sd, n, alpha);
}

/** The power at the error rate that decides: in the family where the claim is in it. */
export const deciding = ({ alone, family }: Pick<PowerAnalysis, 'alone' | 'family'>): Powered | null => family ?? alone;

/** The analysis of the very claim that some evidence is of. */
export const analysisOf = (
  { id, spec }: Pick<Evidence, 'id' | 'spec'>,
  analyses: readonly PowerAnalysis[],
): PowerAnalysis | undefined => analyses.find((each) => each.claim === id && each.spec === spec);

/** How many replicates, in words. */
export const neededText = (needed: number | null): string => (needed === null ? `> ${MOST_REPLICATES}` : `${needed}`);

/** Why an equivalence is underpowered, in a sentence; none where it has replicates enough, or no analysis says. */
export function underpoweredLines(
  evidence: Pick<Evidence, 'id' | 'spec' | 'prediction' | 'seeds' | 'unit'>,
  analyses: readonly PowerAnalysis[],
): string[] {
  const analysis = analysisOf(evidence, analyses);
  const decides = analysis === undefined ? null : deciding(analysis);
  if (analysis === undefined || decides === null || evidence.prediction.kind !== 'equivalent') return [];
  const { needed, alpha } = decides;
  if (needed !== null && needed <= evidence.seeds.length) return [];
  const { interest, sd, seeds } = analysis;
  return [
    `Underpowered: were the truth ${interest} ${evidence.unit}, finding that with power ${ENOUGH} would take ` +
      `${neededText(needed)} replicates (standard deviation ${three(sd)} in ${seeds.length} development seeds, alpha ${three(alpha)}), ` +
      `and there are ${evidence.seeds.length}.`,
  ];
}

/** Which confirmatory claims have no power analysis, a line each; `hash` gives what each claim's spec is now. */
export function withoutPower(
  declared: readonly Declared[],
  analyses: readonly PowerAnalysis[],
  hash: (claim: Declared) => string,
): string[] {
  return declared.flatMap((each) => {
    const { id, family } = each.spec;
    if (family !== 'confirmatory') return [];
    const analysis = analysisOf({ id, spec: hash(each) }, analyses);
    const again = `npm run power -- --claim ${id}`;
    if (analysis === undefined) return [`${id} has no power analysis: ${again}`];
    return analysis.alone === null
      ? [`${id} has no power analysis: name its smallest value of interest as \`interest\`, then ${again}`]
      : [];
  });
}
