import type { Interval } from '../stats/paired.ts';
import { commandText } from './command.ts';
import { effectSizeText, intervalText, percent, predictionText, three } from './describe.ts';
import type { Evidence } from './evidence.ts';
import { placedName } from './placed.ts';
import type { RegisteredResult } from './registry.ts';
import { byRehearsal, type StratumShare, together } from './rehearsal.ts';

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
export const stratumText = ({ hits, n, name }: StratumShare): string => `${hits} of ${n} ${name}`;

/** The shares of a prevalence claim by rehearsal and together, with their 95 % intervals. */
export function rehearsalText(setups: NonNullable<Evidence['setups']>): string {
  const strata = byRehearsal(setups).map((each) => `${stratumText(each)}${endsIn(each.interval)}`);
  const both = together(setups);
  if (both === null) return strata.join(', ');
  const { share, interval } = both;
  return [...strata, `together ${percent(share)}${endsIn(interval)} ${usualText(setups)}`].join(', ');
}

const endsIn = (interval: Interval | null): string =>
  interval === null ? '' : ` [${percent(interval.low)}, ${percent(interval.high)}]`;

/** How the strata weigh in the share of both together. */
export const usualText = ({ usual }: Pick<NonNullable<Evidence['setups']>, 'usual'>): string =>
  `where ${percent(usual)} rehearse`;

/** Which premises failed and which arms fell short, a line each. */
export function premiseLines(evidence: Evidence): string[] {
  const { premiseFailures, premiseAllowance, censored, premises = [], completeCases, setups } = evidence;
  const failures =
    premiseFailures.length === 0
      ? []
      : [
          `  premise failed in ${premiseFailures.length} ${setups === undefined ? 'replicates' : 'setups'} (at most ${premiseAllowance} may): seeds ${premiseFailures.join(', ')}` +
            (completeCases === null ? '' : `; mean of the other ${completeCases.n}: ${three(completeCases.mean)}`),
        ];
  const own = premises.flatMap(({ text, failures: seeds }) =>
    seeds.length === 0 ? [] : [`  not so in ${seeds.length} replicates: ${text}`],
  );
  const short = censored.map(({ arm, seeds }) => `  below its level: ${arm} in ${seeds.length} replicates`);
  const strange = setups === undefined ? unplayed(evidence) : [];
  const bases =
    strange.length === 0
      ? []
      : [
          `  the base does not play its characters in ${strange.length} replicates in which nothing else failed: seeds ${strange.join(', ')}`,
        ];
  return [...failures, ...bases, ...own, ...short];
}

/** The seeds in which a premise failed, and neither one of the claim's own nor the level of an arm: there the base does not play. */
function unplayed({ premiseFailures, premises = [], censored, mayFallShort, arms }: Evidence): number[] {
  const excused = mayFallShort.flatMap((name) => (arms[name] ? [placedName(arms[name])] : []));
  const told = [
    ...premises.flatMap(({ failures }) => failures),
    ...censored.flatMap(({ arm, seeds }) => (excused.includes(arm) ? [] : seeds)),
  ];
  return premiseFailures.filter((seed) => !told.includes(seed));
}

function hint({ judgement }: Evidence, registered: RegisteredResult): string {
  if (judgement.verdict === 'premise failed')
    return 'an arm no longer reaches its level: look at its success in the observations.jsonl.gz of the run';
  if (judgement.sd > 1.5 * registered.sd)
    return `the spread between replicates grew (${three(judgement.sd)}, was ${three(registered.sd)})`;
  if (judgement.mean === registered.mean) return 'was the registry edited by hand?';
  return `the mean moved from ${three(registered.mean)} to ${three(judgement.mean)}: what trained, measured or kept it has changed`;
}
