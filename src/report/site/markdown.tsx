import { Fragment, type JSX } from 'preact';

/** What a guide leads to and shows, by the address that stands in it. */
export interface Places {
  /** Where a link leads on the site. */
  readonly link: (address: string) => string;
  /** An image as SVG. */
  readonly image: (address: string) => string;
}

/** The name of a heading in addresses, as GitHub makes it. */
export const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');

const FENCE = /^```/;
const HEADING = /^(#{1,6}) (.*)$/;
const ITEM = /^(?:-|\d+\.) +/;
const ROW = /^\|/;
const CODE = /^ {4}/;

/** A block of a text, and how many lines it takes. */
interface Block {
  readonly lines: number;
  readonly shown: JSX.Element;
}

/** The part of Markdown that the guides use: headings, paragraphs, code, lists, tables, links, images, emphasis. */
export function markdown(text: string, places: Places): JSX.Element {
  return <>{blocksOf(text.split('\n'), places)}</>;
}

function blocksOf(lines: readonly string[], places: Places): JSX.Element[] {
  const blocks: JSX.Element[] = [];
  for (let at = 0; at < lines.length; ) {
    if (lines[at]?.trim() === '') {
      at++;
      continue;
    }
    const { lines: taken, shown } = blockOf(lines.slice(at), places);
    blocks.push(<Fragment key={at}>{shown}</Fragment>);
    at += taken;
  }
  return blocks;
}

function blockOf(lines: readonly string[], places: Places): Block {
  const first = lines[0] as string;
  if (FENCE.test(first)) return fenced(lines);
  if (HEADING.test(first)) return heading(first, places);
  if (ROW.test(first)) return table(lines, places);
  if (ITEM.test(first)) return list(lines, places);
  if (CODE.test(first)) return indented(lines);
  const length = countWhile(lines, (line, i) => line.trim() !== '' && (i === 0 || !starts(line)));
  return { lines: length, shown: <p>{inline(lines.slice(0, length).join(' '), places)}</p> };
}

const starts = (line: string): boolean => [FENCE, HEADING, ITEM, ROW].some((each) => each.test(line));

/** How many of the first lines are so. */
function countWhile(lines: readonly string[], isSo: (line: string, i: number) => boolean): number {
  const end = lines.findIndex((line, i) => !isSo(line, i));
  return end === -1 ? lines.length : end;
}

const code = (lines: readonly string[]): JSX.Element => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
  <pre tabIndex={0}>{lines.join('\n')}</pre>
);

function fenced(lines: readonly string[]): Block {
  const length = countWhile(lines.slice(1), (line) => !FENCE.test(line));
  return { lines: length + 2, shown: code(lines.slice(1, length + 1)) };
}

function indented(lines: readonly string[]): Block {
  const length = countWhile(lines, (line) => CODE.test(line));
  return { lines: length, shown: code(lines.slice(0, length).map((line) => line.slice(4))) };
}

function heading(line: string, places: Places): Block {
  const [, marks = '', text = ''] = HEADING.exec(line) ?? [];
  const Level = `h${marks.length}` as 'h1';
  return { lines: 1, shown: <Level id={slug(text)}>{inline(text, places)}</Level> };
}

function table(lines: readonly string[], places: Places): Block {
  const length = countWhile(lines, (line) => ROW.test(line));
  const cells = (line: string): string[] => line.replace(/^\||\|\s*$/g, '').split(/(?<!\\)\|/);
  const [head, , ...rows] = lines.slice(0, length).map(cells);
  const names = (head ?? []).map((name) => name.trim());
  const shown = (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class="scroll" tabIndex={0} aria-label={names.join(', ')}>
      <table class="cards">
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name} scope="col">
                {inline(name, places)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, column) => (
                <td key={names[column]} data-column={names[column]}>
                  {inline(cell.trim(), places)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
  return { lines: length, shown };
}

/** Items of one list, each with the blocks that are indented under it; a list ends before a line that belongs to no item. */
function list(lines: readonly string[], places: Places): Block {
  const belongs = (line: string, i: number): boolean =>
    ITEM.test(line) || /^ {2}/.test(line) || (line.trim() === '' && /^ {2}|^(-|\d+\.) /.test(lines[i + 1] ?? ''));
  const length = countWhile(lines, belongs);
  const own = lines.slice(0, length);
  const at = own.flatMap((line, i) => (ITEM.test(line) ? [i] : []));
  const items = at.map((from, i) => {
    const [mark = ''] = ITEM.exec(own[from] as string) ?? [];
    const inner = own.slice(from, at[i + 1]).map((line) => line.slice(Math.min(mark.length, indentOf(line, mark))));
    const alone = inner.every((line, l) => line.trim() !== '' && (l === 0 || !starts(line)));
    return <li key={from}>{alone ? inline(inner.join(' '), places) : blocksOf(inner, places)}</li>;
  });
  const Kind = /^\d/.test(own[0] as string) ? 'ol' : 'ul';
  return { lines: length, shown: <Kind>{items}</Kind> };
}

const indentOf = (line: string, mark: string): number =>
  line.startsWith(mark) ? mark.length : line.length - line.trimStart().length;

const INLINE =
  /`([^`]+)`|\[!\[([^\]]*)\]\(([^)]+)\)\]\(([^)]+)\)|!\[([^\]]*)\]\(([^)]+)\)|\[((?:[^\]`]|`[^`]*`)+)\]\(([^)]+)\)|\*\*(.+?)\*\*|\*([^*\s][^*]*)\*/g;

/** Text with code, links, images and emphasis in it. */
function inline(text: string, places: Places): (string | JSX.Element)[] {
  const parts: (string | JSX.Element)[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    parts.push(plain(text.slice(end, match.index)), element(match, places));
    end = match.index + match[0].length;
  }
  return [...parts, plain(text.slice(end))];
}

function element(match: RegExpExecArray, places: Places): JSX.Element {
  const [, coded, , linkedImage, imageLink, , image, words, address, bold, italic] = match;
  const key = match.index;
  if (coded !== undefined) return <code key={key}>{coded.replaceAll('\\|', '|')}</code>;
  const shown = image ?? linkedImage;
  if (shown !== undefined)
    return (
      <span key={key}>
        <span class="figure" dangerouslySetInnerHTML={{ __html: places.image(shown) }} />
        {imageLink !== undefined && <a href={places.link(imageLink)}>What the figure shows</a>}
      </span>
    );
  if (words !== undefined && address !== undefined)
    return (
      <a key={key} href={places.link(address)}>
        {inline(words, places)}
      </a>
    );
  return bold === undefined ? <em key={key}>{plain(italic ?? '')}</em> : <b key={key}>{inline(bold, places)}</b>;
}

/** Text as it is meant: without the marks that keep Markdown from reading it. */
const plain = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
    .replaceAll(/\\([|*_`<[\]])/g, '$1');
