import { intervalText, predictionText, three, verdictText } from '../claims/describe.ts';
import type { Judged } from '../claims/gate.ts';
import { seedsText } from '../claims/holdout.ts';
import { targetEffect } from '../measure/observation.ts';
import { byArmOverTargets, perReplicate, summed } from '../records/groups.ts';
import { IMPORTED_COLUMNS, importedRows } from '../records/imported-table.ts';
import type { Records } from '../records/read.ts';
import { cell, row } from '../records/summary.ts';
import { answers, dependsOn, sureness } from './answers.ts';
import { answerArms, answerText } from './figures/answer.ts';
import { wouldChange } from './minds.ts';
import { shortName } from './short.ts';
import { estimateSides, sidesText } from './sides.ts';
import { armText } from './words.ts';

/** The findings of a run, as a file of the report. */
export const FINDINGS = 'FINDINGS.md';

/** What stands in the place of a number that there is not. */
const NONE = '-';

/** What a run found, in Markdown, for a reader of five minutes: made from its records alone. */
export function findings(records: Records): string {
  const { claims, digest, imported } = records;
  const [first] = claims;
  const refuted = ({ familyVerdict }: Judged): number => Number(familyVerdict === 'refuted');
  const told = inOrder(claims.filter(isTold)).toSorted((a, b) => refuted(b) - refuted(a));
  const lines = [
    '# Findings',
    '',
    `How far does a change to one character of a language model spread to the others? Made from the records of one run (${claims.length} claims${first === undefined ? '' : `, profile ${first.profile}`}, digest ${digest.slice(0, 12)}) by \`npm run report\`; no number here is written by hand. [The report](index.html) has every claim with its figures, docs/read-the-report.md of spillover says what the words mean.`,
    '',
    ...answerLines(records),
    '## How sure that is',
    '',
    ...sureness(records).map((line) => `- ${line}.`),
    '',
    '## Claims that the answer rests on',
    '',
    'Every claim that was refuted, then the other confirmatory ones. What would change our mind is said for a repetition with as many replicates and as much spread between them, each claim alone.',
    ...told.flatMap((each) => ['', ...claimLines(each, records)]),
    '',
    '## All other claims',
    '',
    'Each with what was predicted and found; the pages of the report have their notes.',
    ...groupsOf(records).flatMap(([name, own]) => ['', `### ${name}`, '', ...tableOf(own, records)]),
    ...(imported.claims.length === 0
      ? []
      : [
          '',
          '### Public studies of others',
          '',
          row(IMPORTED_COLUMNS),
          row(IMPORTED_COLUMNS.map(() => '---')),
          ...importedRows(imported.claims).map(row),
        ]),
    '',
    ...confoundLines(records),
    ...CARRIES,
  ];
  return `${lines.join('\n')}\n`;
}

/** Claims that are told in full. */
const isTold = ({ family, familyVerdict }: Judged): boolean => family === 'confirmatory' || familyVerdict === 'refuted';

/** Claims in the order of their ids. */
const inOrder = (claims: readonly Judged[]): Judged[] =>
  claims.toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));

function answerLines(records: Records): string[] {
  const { runs, methods } = records;
  const line = answerText(
    byArmOverTargets(
      runs.filter(({ measures }) => measures.includes('places')),
      methods,
    ),
  );
  return [
    ...(line === undefined ? [] : [line, '', '![How far a change to one character spreads](figures/answer.svg)', '']),
    '## The answer',
    '',
    ...answers(records).flatMap(({ text, depends }) => [
      `- ${escaped(text)}`,
      ...depends.map((each) => `  - It depends on ${escaped(each)}`),
    ]),
    '',
  ];
}

const escaped = (text: string): string => cell(text).replaceAll('\\|', '|');

/** One claim: predicted, found, what it depends on, and what would change our mind. */
function claimLines(each: Judged, records: Records): string[] {
  const { id, statement, family, familyVerdict, firm, estimand, prediction, unit, judgement, mind } = each;
  const sides = estimateSides(each, records);
  const n = each.values.length;
  return [
    `### ${id} (${shortName(each)}): ${verdictText(familyVerdict, firm)}`,
    '',
    `${escaped(statement)} (${family}; seeds: ${seedsText(records.registry[id]?.profiles[each.profile])}).`,
    '',
    `- Predicted: ${escaped(estimand)} ${escaped(predictionText(prediction, unit))}`,
    `- Found: ${intervalText({ mean: judgement.mean, ...judgement.interval }, prediction)} ${unit}, n = ${n}${sides === undefined ? '' : `; ${sidesText(sides)}`}`,
    ...dependsOn(each, records.claims).map((line) => `- Depends on ${escaped(line)}`),
    `- Would change our mind: ${wouldChange(each)}`,
    ...(mind ?? []).map((note) => `- Mind: ${escaped(note)}`),
  ];
}

/** Claims that are not told in full, by what their world is about. */
function groupsOf({ claims, elsewhere }: Records): [string, readonly Judged[]][] {
  const nameOf = ({ setup }: Judged): string =>
    elsewhere.find(({ name }) => name === setup)?.about ?? 'the usual setup of characters';
  const groups = new Map<string, Judged[]>();
  const rest = claims.filter((each) => !isTold(each));
  for (const each of inOrder(rest)) groups.set(nameOf(each), [...(groups.get(nameOf(each)) ?? []), each]);
  return [...groups].map(([name, own]) => [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, own]);
}

const COLUMNS = ['claim', 'predicted', 'found', 'estimate [95 % interval]', 'n', 'depends on', 'would change our mind'];

const tableOf = (claims: readonly Judged[], records: Records): string[] => [
  row(COLUMNS),
  row(COLUMNS.map(() => '---')),
  ...claims.map((each) => {
    const { id, statement, prediction, familyVerdict, firm, judgement, unit } = each;
    return row([
      `${id} ${statement}`,
      predictionText(prediction, '').trim(),
      verdictText(familyVerdict, firm),
      `${intervalText({ mean: judgement.mean, ...judgement.interval }, prediction)} ${unit}`,
      String(each.values.length),
      dependsOn(each, records.claims).join('; ') || NONE,
      wouldChange(each),
    ]);
  }),
];

/** What else differs between the arms that are compared: they end at like effects, not at like steps. */
function confoundLines({ runs, methods }: Records): string[] {
  const arms = answerArms(
    byArmOverTargets(
      runs.filter(({ measures }) => measures.includes('target')),
      methods,
    ),
  );
  const meanOf = (of: (run: Records['runs'][number]) => number, own: Records['runs']): string =>
    three(summed(perReplicate(own, of)).mean);
  return [
    '## Confounds and limits',
    '',
    'Arms are compared where each has the same effect on its target, or where it was best; they come there by different ways:',
    '',
    row(['arm', 'steps, mean', 'target effect, mean']),
    row(['---', '---', '---']),
    ...arms.map((each) => {
      const own = each.runs as Records['runs'];
      return row([armText(each), meanOf(({ steps }) => steps, own), meanOf((run) => targetEffect(run), own)]);
    }),
    '',
    '- SDFT states what others do already, in documents; RL and SFT at s = 1 teach what nobody does, in dialogues. A contrast of the two changes method, content and form together; claims that hold one of them still are named beside it.',
    '- Under another matching (equal steps, equal KL of the target) a contrast may vanish or turn round; where it does, that is said with the claim.',
    '- Rehearsal is absent unless a claim says so; claims are read without it, and changed setups with it are counted apart.',
    '- What was found of the claims of spillover after they had been declared stands in its docs/limits.md.',
    '',
  ];
}

/** What may and may not be carried over: what was asked, not what came out. */
const CARRIES: readonly string[] = [
  '## What carries over to large models, and what does not',
  '',
  '- May carry over, as questions to ask: that spread depends on how new the behaviour is, on what holds the others, and on the form that training has; and that a comparison of methods says nothing unless it says at what it is matched.',
  '- Does not carry over: any size. Networks here are tiny, learn from scratch in a made language and play characters that are told apart by a name alone; steps, learning rates and levels of effect are theirs.',
  '- Not asked: persons that a model makes up by itself, instructions, long contexts, human feedback. Claims about public studies of others and about real text are the nearest to large models, and are judged with their own limits.',
  '- To ask it of your own model: docs/bring-your-own-results.md of spillover.',
];
