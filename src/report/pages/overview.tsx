import type { JSX } from 'preact';
import { effectSizeText, intervalText, predictionText } from '../../claims/describe.ts';
import type { Judged } from '../../claims/gate.ts';
import { seedsText } from '../../claims/holdout.ts';
import type { Records } from '../../records/read.ts';
import { registeredText } from '../../records/table.ts';
import { conclusions } from '../conclusions.ts';
import { forest } from '../figures/forest.ts';
import { claimFile, FigureBox, type Page, Table, VerdictMark } from '../page.tsx';
import { sidesOf, sidesText } from '../sides.ts';
import { firstScreen } from './first-screen.tsx';
import { linked } from './linked.tsx';

const FAMILIES = [
  ['confirmatory', 'Confirmatory claims', 'Judged together: one error rate for all of them (Holm).'],
  ['premise', 'Premises', 'What must hold for the others to mean something; each judged alone.'],
  [
    'prevalence',
    'Where the claims hold',
    'Shares of changed setups, one replicate each, half of them with rehearsal: each claim is about those with it or those without, and judged alone. They share one draw of setups, so they are not independent. Each claim’s page has the share of the others, of both together, and by the value of each factor.',
  ],
  ['exploratory', 'Exploratory claims', 'Thought of after seeing data; each judged alone.'],
] as const;

/** The first page: question, experiment and answer on one screen; then what to conclude, all claims by family and in the order of their ids, and how sure each is. */
export function overview(records: Records): Page {
  const { problems, notes, partial } = records;
  const claims = records.claims.toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
  const figures = FAMILIES.flatMap(([family, title]) => {
    const own = claims.filter((each) => each.family === family);
    return own.length === 0 ? [] : [{ family, figure: forest(`forest-${family}`, title, own) }];
  });
  const first = firstScreen(records);
  return {
    file: 'index.html',
    title: 'Overview',
    figures: [...first.figures, ...figures.map(({ figure }) => figure)],
    body: (
      <>
        {first.body}
        <h2>All conclusions</h2>
        <p>
          Where a claim names no other place, drift, spread and damage are read in what bystanders say in dialogues, the
          form of text that RL and SFT train; SDFT trains documents.
        </p>
        {partial && <p class="warn">This was a partial run: not every registered claim was asked for.</p>}
        {problems.map((problem) => (
          <p class="warn" key={problem}>
            Not reproduced: {problem}
          </p>
        ))}
        <ol>
          {conclusions(records).map((sentence) => (
            <li key={sentence}>{linked(sentence, claims)}</li>
          ))}
        </ol>
        {notes.map((note) => (
          <p class="note" key={note}>
            Note: {note}
          </p>
        ))}
        <h2>What “registered” means</h2>
        <p>
          The registry holds the verdict that an earlier run of each claim came to; the last column of the tables says
          whether this run came to the same. A verdict is written there after it was measured, on purpose and never by a
          test, and goes under version control, which says when. So a registration makes a result repeatable; it is no
          forecast. What a claim came to in an earlier form stands on its page. The column of the seeds says more:{' '}
          <b>holdout</b> where nobody had looked at any of them, in any registry of the project’s past, when the claim
          became what it is; <b>read before</b> where somebody had, so that recipe and margin may owe something to them,
          and no interval covers that choice.
        </p>
        {FAMILIES.map(([family, title, about]) => {
          const own = claims.filter((each) => each.family === family);
          const drawing = figures.find((each) => each.family === family)?.figure;
          return own.length === 0 || drawing === undefined ? null : (
            <section key={family}>
              <h2>{title}</h2>
              <p class="note">{about}</p>
              <Table
                cards
                caption={title}
                columns={[
                  'claim',
                  'predicted',
                  'verdict',
                  'estimate [95 % interval]',
                  'g_z',
                  'n',
                  'registered',
                  'seeds',
                ]}
                rows={own.map((each) => row(each, records))}
              />
              <FigureBox figure={drawing} />
            </section>
          );
        })}
      </>
    ),
  };
}

function row(each: Judged, records: Records): (string | JSX.Element)[] {
  const { registry, partial } = records;
  const sides = sidesOf(each, records);
  const { id, statement, unit, judgement, values, premiseFailures, profile, prediction } = each;
  const was = registry[id]?.profiles[profile]?.[partial ? 'verdict' : 'familyVerdict'];
  const failed = premiseFailures.length === 0 ? '' : `, ${premiseFailures.length} failed a premise`;
  return [
    <a href={claimFile(id)} key={id}>
      {id} {statement}
    </a>,
    predictionText(prediction, '').trim(),
    <VerdictMark verdict={each.familyVerdict} firm={each.firm} key="verdict" />,
    `${intervalText({ mean: judgement.mean, ...judgement.interval }, prediction)} ${unit}${sides === undefined ? '' : `: ${sidesText(sides)}`}`,
    effectSizeText(judgement.hedgesGz),
    `${values.length}${failed}`,
    was === undefined
      ? 'not registered'
      : was === each.familyVerdict
        ? 'the same'
        : `changed, was ${registeredText(each, registry, partial)}`,
    seedsText(registry[id]?.profiles[profile]),
  ];
}
