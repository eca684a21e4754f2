import { isHeldBy } from '../claims/chosen.ts';
import { predictionText, sidedText, three } from '../claims/describe.ts';
import { deciding, ENOUGH, neededText, type PowerAnalysis, type Powered } from '../claims/power.ts';
import { greaterThan } from '../claims/verdict.ts';
import { PROFILES } from '../project/config.ts';

/** The columns of the table of power analyses, in order. */
export const POWER_COLUMNS: readonly string[] = [
  ...['claim', 'predicted', 'interest', 'seeds', 'mean', 'sd', 'unit', 'premise failed'],
  ...PROFILES.map((profile) => `power at ${profile}`),
  `n for ${ENOUGH}`,
  `n for ${ENOUGH} in the family`,
];

/** What the columns say, in sentences. */
export const POWER_NOTES: readonly string[] = [
  'Power is how often a claim would be supported were its smallest value of interest the truth, at the standard deviation (sd) of so many development seeds and at the alpha that decides: in the family where the claim is confirmatory.',
  'Alpha is two-sided, of an equivalence that of each of its two one-sided tests. In the family it is that of Holm’s worst case: 0.05 over the number of confirmatory claims, and half of that for an equivalence.',
];

/** Power of nearly 1 does not say that it is. */
const NEARLY = 0.999;
const shareText = (power: number): string => (power > NEARLY ? `> ${NEARLY}` : sidedText(power, greaterThan(ENOUGH)));

/** One row a claim, with what its own numbers and the profiles' replicates say. */
export const powerRows = (analyses: readonly PowerAnalysis[]): string[][] => analyses.map(row);

function row(each: PowerAnalysis): string[] {
  const { claim, prediction, unit, interest, seeds, mean, sd, premiseFailures, alone, family, replicates } = each;
  const decides = deciding(each);
  const enough = (of: Powered | null): string =>
    of === null ? '-' : `${neededText(of.needed)} (alpha ${three(of.alpha)})`;
  return [
    ...[claim, predictionText(prediction, '').trim(), interest === null ? 'none named' : `${interest}`],
    ...[`${seeds.length}`, three(mean), three(sd), unit, `${premiseFailures.length}`],
    ...PROFILES.map((profile) =>
      decides === null || !isHeldBy({ spec: each }, profile)
        ? '-'
        : `${shareText(decides.power[profile])} (n = ${replicates[profile]})`,
    ),
    ...[enough(alone), enough(family)],
  ];
}
