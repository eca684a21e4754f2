import type { JSX } from 'preact';
import { effectSizeText, endsText, intervalText, predictionText, pText, three } from '../../claims/describe.ts';
import type { ImportedFile } from '../../records/imported.ts';
import { sizeText } from '../../records/imported-table.ts';
import { type ImportedEvidence, UNIT_NAMES } from '../../studies/evidence.ts';
import { importedForests, importedNumbers } from '../figures/imported.ts';
import { claimFile, Facts, FigureBox, type Page, Table, VerdictMark } from '../page.tsx';
import { idText } from '../short.ts';
import { importedSides, sidesText } from '../sides.ts';

type Imported = Omit<ImportedFile, 'format'>;

/** The page of all claims about the records of others; none where there is none. */
export function importedPage({ claims, problems }: Imported, file = 'imported.html'): Page[] {
  if (claims.length === 0) return [];
  const figures = importedForests(claims);
  return [
    {
      ...{ file, title: 'Records of others', figures },
      body: (
        <>
          <h1>Claims about the records of others</h1>
          <p>
            Numbers that others measured on language models, judged by the rules of this report. Nothing was trained for
            them here, and they were known before the claims were written. What a verdict may conclude follows from what
            its replicates are: personas, or items, of one checkpoint say nothing of another training.
          </p>
          {problems.map((problem) => (
            <p class="warn" key={problem}>
              Not as registered: {problem}
            </p>
          ))}
          <Table
            cards
            caption="Claims about the records of others"
            columns={['claim', 'predicted', 'verdict', 'estimate [95 % interval]', 'p', 'g', 'n', 'replicates are']}
            rows={claims.map(row)}
          />
          <Table
            cards
            caption="What was published, and what is judged here"
            columns={['study', 'published', 'judged']}
            rows={[...new Set(claims.map(({ study }) => study))].map((study) => studyRow(claims, study))}
          />
          {figures.map((figure) => (
            <FigureBox figure={figure} key={figure.id} />
          ))}
        </>
      ),
    },
  ];
}

function row(each: ImportedEvidence): (string | JSX.Element)[] {
  const { id, statement, prediction, judgement, facts } = each;
  return [
    <a href={claimFile(id)} key={id}>
      {id} {statement}
    </a>,
    predictionText(prediction, '').trim(),
    <VerdictMark verdict={judgement.verdict} key="verdict" />,
    estimateText(each),
    pText(judgement.p),
    effectSizeText(judgement.effectSize),
    sizeText(each),
    UNIT_NAMES[facts.replication.unit][1],
  ];
}

/** The estimate with its interval, and both arms. */
function estimateText(each: ImportedEvidence): string {
  const { judgement, prediction, unit } = each;
  const sides = importedSides(each);
  const compared = sides === undefined ? '' : `: ${sidesText(sides)}`;
  return `${intervalText({ mean: judgement.estimate, ...judgement.interval }, prediction)} ${unit}${compared}`;
}

/** A study with the conclusions that were published of it, and those of the claims about it. */
function studyRow(claims: readonly ImportedEvidence[], study: string): (string | JSX.Element)[] {
  const own = claims.filter((each) => each.study === study);
  const { title = study, published = [] } = own[0]?.facts ?? {};
  const said = published.map((each) => {
    const estimate = publishedText(each);
    return `${each.statement}: ${each.conclusion}${estimate === '-' ? '' : `, ${estimate}`}`;
  });
  return [
    title,
    said.join('; ') || 'nothing that is told',
    <ul key="judged">
      {own.map(({ id, statement, judgement, prediction, unit }) => (
        <li key={id}>
          <a href={claimFile(id)}>
            {id} {statement}
          </a>
          : <VerdictMark verdict={judgement.verdict} />, predicted {predictionText(prediction, unit)}
        </li>
      ))}
    </ul>,
  ];
}

/** The page of one claim about the records of others: all that its verdict rests on. */
export function importedClaimPage(each: ImportedEvidence): Page {
  const { id, statement, prediction, unit, judgement, facts, arms, differs, warnings, premises, mind = [] } = each;
  const { equivalenceInterval, signFlipP, effectSize } = judgement;
  const figure = importedNumbers(each);
  const { source, replication, judge } = facts;
  const shown: [string, string][] = [
    ['Prediction', `${each.estimand} ${predictionText(prediction, unit)}`],
    ['Estimate [95 % interval]', estimateText(each)],
    ...(equivalenceInterval === null
      ? []
      : [['90 % interval (TOST)', `${endsText(equivalenceInterval, prediction)} ${unit}`] as [string, string]]),
    ['Design', DESIGN_WORDS[each.design]],
    ['Read', readText(each.reads)],
    [
      prediction.kind === 'equivalent' ? 'p, twice that of TOST' : 'p, two-sided against the margin',
      pText(judgement.p),
    ],
    ...(signFlipP === null ? [] : [['Sign-flip p', pText(signFlipP)] as [string, string]]),
    [
      'Effect size',
      effectSize === null ? '-' : `${each.design === 'paired' ? 'g_z' : 'g_s'} ${effectSizeText(effectSize)}`,
    ],
    ['Minimum detectable', `${three(judgement.minimumDetectable)} ${unit} from the margin, at power 0.8`],
    ['Replicates', `${UNIT_NAMES[replication.unit][1]}${replication.of ? ` of ${replication.of}` : ''}`],
    ['Arms differ in', differs.join(', ') || 'nothing that the study tells'],
    ['Scored by', judge === null ? 'an exact rule' : [judge.kind, judge.name, judge.about].filter(Boolean).join(', ')],
    [
      'Source',
      [source.name, source.url, source.commit, source.digest, source.citation, `licence: ${source.licence}`]
        .filter(Boolean)
        .join('; '),
    ],
    ['Study', `${each.study}, files with the hash ${each.studyDigest.slice(0, 12)}`],
  ];
  return {
    file: claimFile(id),
    title: idText(each),
    figures: [figure],
    body: (
      <>
        <h1>
          {id} {statement}
        </h1>
        <p>
          <VerdictMark verdict={judgement.verdict} /> {each.sentence}
        </p>
        {warnings.map((warning) => (
          <p class="warn" key={warning}>
            Mind: {warning}.
          </p>
        ))}
        {mind.length > 0 && (
          <ul>
            {mind.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
        <Facts facts={shown} />
        <h2>Replicates</h2>
        <FigureBox figure={figure} />
        <Table
          caption="Arms"
          columns={['arm', 'in the study', 'replicates', 'hits of trials', 'left out', 'the target']}
          rows={arms.map(({ name, arm, values, counts, excluded, targetEffect }) => [
            ...[name, arm, `${values.length}`, counts === null ? 'not told' : `${counts.k} of ${counts.n}`],
            excluded === null ? 'not told' : `${three(100 * excluded)} %`,
            targetEffect === null ? 'not told' : three(targetEffect),
          ])}
        />
        <h2>Premises</h2>
        <ul>
          {premises.map(({ text, met }) => (
            <li key={text}>
              {met === null ? 'not known' : met ? 'held' : 'failed'}: {text}
            </li>
          ))}
        </ul>
        {premises.length === 0 && <p>None is told.</p>}
        {facts.published.length > 0 && (
          <Table
            caption="What was published"
            columns={['statement', 'conclusion', 'estimate', 'where']}
            rows={facts.published.map((said) => [said.statement, said.conclusion, publishedText(said), said.where])}
          />
        )}
      </>
    ),
  };
}

/** Which rows the number of a replicate is the mean of. */
function readText({ metric, characters, probes, step }: ImportedEvidence['reads']): string {
  const listed = (of: string | readonly string[]): string => (typeof of === 'string' ? `every ${of}` : of.join(', '));
  const who = characters === undefined ? 'every character' : listed(characters);
  return `${metric} of ${who}, ${probes === undefined ? 'every probe' : probes.join(', ')}, ${step === undefined ? 'the last step that there is' : `step ${step}`}`;
}

const DESIGN_WORDS = {
  paired: 'paired: t interval of one number a replicate',
  unpaired: 'unpaired: Welch',
  proportions: 'proportions: Newcombe',
} as const;

function publishedText({ estimate, low, high }: ImportedEvidence['facts']['published'][number]): string {
  if (estimate === undefined || estimate === null) return '-';
  return low === undefined || low === null || high === undefined || high === null
    ? three(estimate)
    : intervalText({ mean: estimate, low, high });
}
