import { type Page, Table } from '../page.tsx';

/** Every figure of a report, by the pages that they stand on, each with its place and its file. */
export function galleryPage(pages: readonly Page[]): Page {
  const rows = pages.flatMap(({ file, title, figures }) =>
    figures.map(({ id, title: name, description }) => [
      <a href={`${file}#figure-${id}`} key={id}>
        {name}
      </a>,
      title,
      description.split(/(?<=\.) /, 1)[0],
      <a href={`figures/${id}.svg`} aria-label={`${name} as SVG`} key="file">
        SVG
      </a>,
    ]),
  );
  return {
    file: 'figures.html',
    title: 'All figures',
    figures: [],
    body: (
      <>
        <h1>All figures</h1>
        <p>
          Each with the page that it stands on, what it shows, and its file, for other documents. Shapes and colours of
          a method are the same in all of them.
        </p>
        <Table cards caption="Every figure of this report" columns={['figure', 'page', 'shows', 'file']} rows={rows} />
      </>
    ),
  };
}
