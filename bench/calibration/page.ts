import { CANDIDATES, type Candidate } from './candidates.ts';
import { choiceLines } from './choice.ts';
import { LAWS, type Law } from './laws.ts';
import { calibrate, type Rates } from './study.ts';

/** Replicates of a study: those of the profiles quick, standard and full. */
export const SIZES = [6, 12, 32] as const;
/** Simulated studies of a row: the standard error of a share near 5 % is 0.2 points over the former, 0.5 over the latter. */
const STUDIES = { deciding: 10_000, compared: 2000 } as const;

const STUDENT = CANDIDATES[0] as Candidate;

const tenth = (share: number | null): string => (share === null ? '-' : (100 * share).toFixed(1));
const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const heading = (columns: readonly string[]): string[] => [line(columns), line(columns.map(() => '---'))];
const worse = ({ equivalentAtUpper, equivalentAtLower }: Rates): number =>
  Math.max(equivalentAtUpper, equivalentAtLower);

/** The row of the interval that decides, for one law and number of replicates. */
export function decidingRow(law: Law, n: number): string {
  const rates = calibrate(law, n, STUDIES.deciding, STUDENT);
  const { coverage, below, above, powerUp, powerDown, errorsWarned, decisionsWarned } = rates;
  const shares = [coverage, below, above, worse(rates), powerUp, powerDown, errorsWarned, decisionsWarned];
  return line([law.name, law.skewness === null ? 'none' : law.skewness.toFixed(1), n, ...shares.map(tenth)]);
}

/** The row of one candidate, for one law and number of replicates. */
export function comparedRow(law: Law, n: number, candidate: Candidate): string {
  const rates = calibrate(law, n, STUDIES.compared, candidate);
  const shares = [
    rates.coverage,
    Math.max(rates.below, rates.above),
    worse(rates),
    Math.min(rates.powerUp, rates.powerDown),
  ];
  return line([law.name, n, candidate.name, ...shares.map(tenth)]);
}

/** docs/calibration.md: how often the interval that decides errs, by law and n, and what the others would do instead. */
export function calibrationPage(): string {
  const each = <Row>(row: (law: Law, n: number) => Row): Row[] => LAWS.flatMap((law) => SIZES.map((n) => row(law, n)));
  const deciding = each(decidingRow);
  const compared = each((law, n) => CANDIDATES.map((candidate) => comparedRow(law, n, candidate))).flat();
  return pageOf(deciding, compared);
}

/** The page of these rows. */
export function pageOf(deciding: readonly string[], compared: readonly string[]): string {
  return [
    '# Calibration: how often a verdict errs',
    '',
    'Written by `npx tsx bench/calibration.ts` (seeded; a test computes some of these rows again). Every row is made of',
    'simulated studies of n independent replicates of one law, scaled to mean 0 and standard deviation 1, with n as in the',
    'profiles `quick` (6), `standard` (12) and `full` (32). The verdicts are those of `decide` in `src/claims/verdict.ts`.',
    'All numbers but skewness and n are percentages of studies.',
    '',
    '## The interval that decides',
    '',
    "Student's t interval of the mean: see below for why it stays. In each row:",
    '',
    '- **coverage**: the 95 % interval holds the true mean. It should be 95.',
    '- **wholly below**, **wholly above**: it does not, and lies on that side. A claim of `less`, or of `greater`, whose margin',
    '  is the true mean is supported so often. Each should be 2.5.',
    '- **equivalent at a bound**: `equivalent` within 2 standard deviations is supported (TOST at 5 %) when the true mean lies on a',
    '  bound, the worse of both bounds. It should be 5. In a family its p counts twice, so that Holm meets 5 % with both verdicts.',
    '- **power up**, **power down**: `greater` is supported of a true mean 1 standard deviation above its margin, `less` of one below.',
    '- **errors warned of**: of the verdicts that err at the margin (wholly below or above), those that come with the warning of',
    '  skew. **sound warned of**: of the right ones, counted in both columns of power, those that come with it all the same.',
    '',
    ...heading([
      ...['law', 'skewness', 'n', 'coverage', 'wholly below', 'wholly above', 'equivalent at a bound'],
      ...['power up', 'power down', 'errors warned of', 'sound warned of'],
    ]),
    ...deciding,
    '',
    `${STUDIES.deciding} studies a row: the standard error of a share near 5 % is 0.2, near 50 % it is 0.5.`,
    '',
    '## What might decide instead',
    '',
    "Johnson's t (1978) shifts the interval toward the longer tail, Hall's transform (1992) bends it by the sample skewness, and",
    'bootstrap-t takes its quantiles of t from 399 resamples (`bench/calibration/candidates.ts`). Here **worse miss** is the larger of',
    'wholly below and wholly above, and **worse power** the smaller of power up and power down.',
    '',
    ...heading(['law', 'n', 'interval', 'coverage', 'worse miss', 'equivalent at a bound', 'worse power']),
    ...compared,
    '',
    `${STUDIES.compared} studies a row, the same ones for all four: the standard error of a share near 5 % is 0.5, near 50 % it is 1.1.`,
    '',
    '## The choice',
    '',
    ...choiceLines(deciding, compared),
    '',
  ].join('\n');
}
