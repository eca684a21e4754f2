import { recordedCommand } from '../claims/command.ts';
import { endsText, predictionText, pText } from '../claims/describe.ts';
import type { SetupOutcome } from '../claims/evidence.ts';
import { premiseLines, rehearsalText } from '../claims/explain.ts';
import type { Judged } from '../claims/gate.ts';
import { declaredText } from '../claims/holdout.ts';
import { digestOf } from '../claims/judging.ts';
import { type PowerAnalysis, underpoweredLines } from '../claims/power.ts';
import type { Registry } from '../claims/registry.ts';
import { COLUMNS, claimRows } from './table.ts';

/** What surrounds the claims of one run. */
export interface Run {
  readonly judged: readonly Judged[];
  readonly registry: Registry;
  /** What keeps the gate shut; empty when it is open. */
  readonly problems: readonly string[];
  /** Verdicts that another device's rounding moved over a margin, and that count neither way. */
  readonly notes: readonly string[];
  /** True when only some of the registered claims were asked for. */
  readonly partial: boolean;
  /** True where reports of other processes were merged, whose store need not be here: then observations may be missing. */
  readonly merged: boolean;
}

/** Text that Markdown shows as it is, in one line. */
export const cell = (text: string): string =>
  text
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('<', '&lt;')
    .replaceAll('|', '\\|');
/** Cells as a row of a table in Markdown. */
export const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

const effects = ({ targetEffects }: Judged): string =>
  Object.entries(targetEffects)
    .map(([name, effect]) => `${name} ${effect.toFixed(3)}`)
    .join(', ');

/** The setups of a prevalence claim: each with its number, and those that do not count with the reason. */
function setupLines(setups: NonNullable<Judged['setups']>): string[] {
  const { of, stratum, side, outcomes } = setups;
  const said = ({ value, premise, fault, failed = [] }: SetupOutcome): string =>
    value === null
      ? `no number (${fault})`
      : `${value.toPrecision(3)}${premise ? '' : `, a premise failed (${failed.join('; ')})`}`;
  return [
    `- On its side by rehearsal, with 95 % intervals, of which that ${stratum} is judged: ${rehearsalText(setups)}`,
    `- ${of} in each setup, one replicate each, of both strata; those whose premises held count where ${predictionText(side, '').trim()}:`,
    ...outcomes.map((each) => `  - ${said(each)}: \`${JSON.stringify(each.changes)}\`, seed ${each.seed}`),
  ];
}

/** The run as Markdown, for people: what was asked, what came out, what failed. */
export function summaryMarkdown(
  { judged, registry, problems, notes, partial }: Run,
  power: readonly PowerAnalysis[] = [],
): string {
  const [first] = judged;
  const lines = [
    '# Claims',
    '',
    first === undefined
      ? 'No claim ran to its end.'
      : `Profile ${first.profile}, ${first.seeds.length} replicates, engine ${first.engine} (${first.devices.join('; ')}).`,
    partial ? 'A partial run: not every registered claim was asked for.' : '',
    '',
    row(COLUMNS),
    row(COLUMNS.map(() => '---')),
    ...claimRows(judged, registry, partial).map(row),
    '',
    `Digest of the estimates: \`${digestOf(judged)}\``,
    '',
    problems.length > 0
      ? 'What keeps the gate shut:'
      : `Every verdict ${partial ? 'of these claims, each alone, ' : ''}is the registered one${notes.length > 0 ? ', but for' : '.'}`,
    '',
    ...problems.map((problem) => `- ${problem.replaceAll('\n', '\n  ')}`),
    ...notes.map((note) => `- ${note}`),
    '',
    '## Claim by claim',
  ];
  for (const each of judged) {
    const { judgement } = each;
    lines.push(
      '',
      `### ${each.id} ${cell(each.statement)}`,
      '',
      `- Prediction: ${each.estimand} ${predictionText(each.prediction, each.unit)} (${each.family})`,
      `- Declared: ${declaredText(registry[each.id], each.profile)}`,
      ...(judgement.warning === null ? [] : [`- Mind the shape: ${judgement.warning}.`]),
      ...(each.firm
        ? []
        : ['- Borderline: a mean within the 95 % prediction interval of this one would change the verdict.']),
      ...underpoweredLines(each, power).map((line) => `- ${line}`),
      ...(each.mind ?? []).map((note) => `- Mind: ${cell(note)}`),
      `- p of what the mean points to ${pText(judgement.pDecided)}` +
        (each.holmP === null ? '' : `, after Holm ${pText(each.holmP)}`) +
        (judgement.signFlipP === null ? '' : `; sign-flip p ${pText(judgement.signFlipP)}`) +
        `; minimum detectable ${judgement.minimumDetectable.toPrecision(3)} ${each.unit}`,
      ...(judgement.bcaInterval === null
        ? []
        : [`- Bootstrap interval (BCa, never decides): ${endsText(judgement.bcaInterval, each.prediction)}`]),
      ...(Object.keys(each.targetEffects).length === 0
        ? []
        : [`- Mean target effect on reporting prompts: ${effects(each)}`]),
      ...(each.setups === undefined
        ? [`- Values, one a replicate: ${each.values.map((value) => value.toPrecision(3)).join(', ')}`]
        : setupLines(each.setups)),
      ...premiseLines(each).map((line) => `- ${line.trim()}`),
      `- Replay: \`${recordedCommand({ SPILLOVER_PROFILE: each.profile, SPILLOVER_ENGINE: each.engine }, `npx vitest run ${each.file}`)}\``,
    );
  }
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n')}\n`;
}
