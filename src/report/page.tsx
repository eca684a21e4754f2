import type { ComponentChildren, JSX } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import { verdictText } from '../claims/describe.ts';
import type { Verdict } from '../claims/verdict.ts';
import type { Figure } from './plot.ts';
import { CSS, POLICY } from './style.ts';

/** A page of the report: a file of its name. */
export interface Page {
  readonly file: string;
  readonly title: string;
  readonly body: JSX.Element;
  /** What the navigation puts it under, together with others; it stands there by itself where absent. */
  readonly group?: string;
  /** The figures that it shows, which are also written as files. */
  readonly figures: readonly Figure[];
}

/** The file of a claim's page. */
export const claimFile = (id: string): string => `claim-${id}.html`;

/** A page as HTML, with links to the `chapters` (the pages that the navigation lists). */
export function rendered({ file, title, body }: Page, chapters: readonly Page[], foot: string): string {
  const html = renderToStaticMarkup(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={POLICY} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} - spillover`}</title>
        <style dangerouslySetInnerHTML={{ __html: CSS }} />
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        <header>
          <a class="brand" href="index.html">
            spillover
          </a>
          <nav aria-label="Pages">
            <Links pages={chapters.filter(({ group }) => group === undefined)} current={file} />
            {[...new Set(chapters.flatMap(({ group }) => group ?? []))].map((name) => {
              const own = chapters.filter(({ group }) => group === name);
              return (
                <details key={name} open={own.some((each) => each.file === file)}>
                  <summary>{name}</summary>
                  <Links pages={own} current={file} />
                </details>
              );
            })}
          </nav>
        </header>
        <main id="content">{body}</main>
        <footer>{foot}</footer>
      </body>
    </html>,
  );
  return `<!doctype html>\n${html}\n`;
}

/** Links to pages, of which one may be the page that they stand on. */
function Links({ pages, current }: { readonly pages: readonly Page[]; readonly current: string }): JSX.Element {
  return (
    <ul>
      {pages.map(({ file, title }) => (
        <li key={file}>
          <a href={file} aria-current={file === current ? 'page' : undefined}>
            {title}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** A figure, of which the page shows the image that suits its width, with its caption, its numbers as a table, and a link to its file. */
export function FigureBox({ figure }: { readonly figure: Figure }): JSX.Element {
  const { id, title, description, svg, narrow, columns, rows } = figure;
  return (
    <figure id={`figure-${id}`}>
      <div class="wide" dangerouslySetInnerHTML={{ __html: svg }} />
      <div class="narrow" dangerouslySetInnerHTML={{ __html: narrow }} />
      <figcaption>
        <strong>{title}.</strong> {description} <a href={`figures/${id}.svg`}>SVG</a>
      </figcaption>
      <details>
        <summary>The numbers of “{title}”</summary>
        <Table caption={title} columns={columns} rows={rows} />
      </details>
    </figure>
  );
}

/** A table that scrolls by itself on narrow screens, or, as `cards`, has there a block a row with the columns' names in it. */
export function Table({
  caption,
  columns,
  rows,
  cards = false,
}: {
  readonly caption: string;
  readonly cards?: boolean;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
}): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="scroll" tabIndex={0} aria-label={caption}>
      <table class={cards ? 'cards' : undefined}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, column) => (
                <td
                  key={columns[column]}
                  class={typeof cell === 'string' ? kindOf(cell) : undefined}
                  data-column={cards ? columns[column] : undefined}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The class of a cell's text: numbers stay in one line, long text takes some room also where a table scrolls. */
function kindOf(cell: string): string | undefined {
  if (cell.length > 60) return 'long';
  return /^[-−+\d.]/.test(cell) ? 'n' : undefined;
}

/** Facts, each a term with its value. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, string])[] }): JSX.Element {
  return (
    <dl>
      {facts.map(([term, value]) => (
        <>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}

/** A verdict with its shape; one that is not firm says so. */
export function VerdictMark({
  verdict,
  firm = true,
}: {
  readonly verdict: Verdict;
  readonly firm?: boolean;
}): JSX.Element {
  return <span class={`verdict ${verdict.replace(' ', '-')}`}>{verdictText(verdict, firm)}</span>;
}
