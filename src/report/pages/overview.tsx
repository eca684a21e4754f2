import type { JSX } from 'preact';
import { effectSizeText } from '../../claims/describe.ts';
import type { Judged } from '../../claims/gate.ts';
import { seedsText } from '../../claims/holdout.ts';
import type { Records } from '../../records/read.ts';
import { registeredText } from '../../records/table.ts';
import { conclusions } from '../conclusions.ts';
import { forest } from '../figures/forest.ts';
import { FigureBox, type Page, Table } from '../page.tsx';
import type { Figure } from '../plot.ts';
import { withNames } from '../short.ts';
import { CLAIM_COLUMNS, claimCells } from './claim-cells.tsx';
import { firstScreen } from './first-screen.tsx';
import { linked } from './linked.tsx';
import { worldOf } from './setups.tsx';

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
  const figures = FAMILIES.flatMap(([family, title]) => forests(family, title, claims, records));
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
            Not reproduced: {linked(problem, claims)}
          </p>
        ))}
        <ol>
          {conclusions(records).map((sentence) => (
            <li key={sentence}>{linked(sentence, claims)}</li>
          ))}
        </ol>
        {notes.map((note) => (
          <p class="note" key={note}>
            Note: {linked(note, claims)}
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
          return own.length === 0 ? null : (
            <section key={family}>
              <h2>{title}</h2>
              <p class="note">{about}</p>
              <Table
                cards
                caption={title}
                columns={[...CLAIM_COLUMNS, 'g_z', 'n', 'registered', 'seeds']}
                rows={own.map((each) => row(each, records))}
              />
              {figures
                .filter((each) => each.family === family)
                .map(({ figure }) => (
                  <FigureBox figure={figure} key={figure.id} />
                ))}
            </section>
          );
        })}
      </>
    ),
  };
}

/** The claims of a family as they are drawn: a figure a kind of world, since their numbers are of other things. */
function forests(
  family: string,
  title: string,
  claims: readonly Judged[],
  records: Records,
): { readonly family: string; readonly figure: Figure }[] {
  const own = claims.filter((each) => each.family === family);
  const told = own.map((each) => ({ ...each, statement: withNames(each.statement, claims) }));
  const worlds = [...new Set(told.map((each) => worldOf(each, records)))].sort();
  return worlds.map((world) => {
    const [id, name] = worlds.length === 1 ? [family, title] : [`${family}-${world}`, `${title}: ${world}`];
    const figure = forest(
      `forest-${id.replaceAll(' ', '-')}`,
      name,
      told.filter((each) => worldOf(each, records) === world),
    );
    return { family, figure };
  });
}

function row(each: Judged, records: Records): (string | JSX.Element)[] {
  const { registry, partial } = records;
  const { id, judgement, values, premiseFailures, profile } = each;
  const was = registry[id]?.profiles[profile]?.[partial ? 'verdict' : 'familyVerdict'];
  const failed = premiseFailures.length === 0 ? '' : ` (${premiseFailures.length} failed)`;
  return [
    ...claimCells(each, records),
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
