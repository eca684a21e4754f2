import type { JSX } from 'preact';
import type { Judged } from '../../claims/gate.ts';
import {
  type Compared,
  countsText,
  diffOf,
  PAIR_COLUMNS,
  type Pair,
  pairCells,
  pairNotes,
} from '../../records/diff.ts';
import { compared } from '../figures/compared.ts';
import { claimFile, FigureBox, type Page, Table, VerdictMark } from '../page.tsx';
import { idText, withNames } from '../short.ts';

/** What an earlier run is known by. */
export interface Earlier extends Compared {
  readonly digest: string;
}

/** The page of what became of the claims of an earlier run in this one. */
export function comparedPage(earlier: Earlier, later: Earlier): Page {
  const found = diffOf(earlier, later);
  const { flipped, moved, same, gone, added } = found;
  const parts = [
    ['flipped', 'Verdicts that flipped', flipped],
    ['moved', 'Means that moved beyond what a repetition explains', moved],
  ] as const;
  const told = parts.filter(([, , pairs]) => pairs.length > 0);
  const figures = told.map(([id, title, pairs]) => compared(`compared-${id}`, title, pairs));
  return {
    file: 'compared.html',
    title: 'Compared with an earlier run',
    figures,
    body: (
      <>
        <h1>Compared with an earlier run</h1>
        <p class="lead">{countsText(found)}.</p>
        <p>
          The first run is that of digest {earlier.digest.slice(0, 12)}, the second the one that this report shows,{' '}
          {later.digest.slice(0, 12)}. A verdict has flipped where it is another. A mean has moved where the verdict is
          the same, and the later mean lies outside of where a repetition of the earlier claim on other seeds lies in 95
          %. Runs that share seeds differ less than that: on the same seeds, code and kind of machine no number differs
          at all.
        </p>
        {told.map(([id, title, pairs], i) => (
          <section key={id}>
            <h2>{title}</h2>
            <Pairs title={title} pairs={pairs} claims={later.claims} />
            {figures[i] !== undefined && <FigureBox figure={figures[i]} />}
          </section>
        ))}
        <Alone title="In the earlier run alone" claims={gone} />
        <Alone title="In this run alone" claims={added} here />
        {same.length > 0 && (
          <details>
            <summary>Claims of the same verdict, with means where a repetition lies: {same.length}</summary>
            <Pairs
              title="Claims of the same verdict, with means where a repetition lies"
              pairs={same}
              claims={later.claims}
            />
          </details>
        )}
      </>
    ),
  };
}

function Pairs({
  title,
  pairs,
  claims,
}: {
  readonly title: string;
  readonly pairs: readonly Pair[];
  readonly claims: readonly Judged[];
}): JSX.Element {
  return (
    <Table
      cards
      caption={title}
      columns={['claim', 'was, and is', ...PAIR_COLUMNS, 'besides']}
      rows={pairs.map((pair) => [
        <a href={claimFile(pair.is.id)} key="claim">
          {pair.is.id} {withNames(pair.is.statement, claims)}
        </a>,
        <span key="verdicts">
          <VerdictMark verdict={pair.was.familyVerdict} firm={pair.was.firm} />
          <br />
          <VerdictMark verdict={pair.is.familyVerdict} firm={pair.is.firm} />
        </span>,
        ...pairCells(pair),
        pairNotes(pair).join('; ') || 'nothing',
      ])}
    />
  );
}

/** Claims that one of the runs alone has; those that are `here` have a page. */
function Alone({
  title,
  claims,
  here = false,
}: {
  readonly title: string;
  readonly claims: readonly Judged[];
  readonly here?: boolean;
}): JSX.Element | null {
  if (claims.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <ul>
        {claims.map((each) => (
          <li key={each.id}>{here ? <a href={claimFile(each.id)}>{idText(each)}</a> : idText(each)}</li>
        ))}
      </ul>
    </>
  );
}
