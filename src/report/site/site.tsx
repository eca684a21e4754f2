import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { InputError } from '../../core/errors.ts';
import { refuseForeign, replaceFolder } from '../../records/folder.ts';
import { entriesIn } from '../../records/manifest.ts';
import { FINDINGS } from '../findings.ts';
import { type Page, rendered } from '../page.tsx';
import { putter, type Written, writtenIn } from '../put.ts';
import { markdown } from './markdown.tsx';

/** Where the published report lies in the checkout, and on the site. */
const REPORT = { from: 'reports/published', to: 'report' } as const;

/** Guides in the order of the navigation; those of `docs/` follow. */
const FIRST = ['README.md', `${REPORT.from}/${FINDINGS}`, 'CONTRIBUTING.md', 'CHANGELOG.md'] as const;

/** The page of a guide. */
function pageOf(guide: string): string {
  if (guide === 'README.md') return 'index.html';
  return basename(guide).replace(/\.md$/, '.html');
}

/** The heading that a guide begins with. */
const titleOf = (text: string): string => /^# (.*)$/m.exec(text)?.[1] ?? 'spillover';

/**
 * Writes guides and published report of the checkout `folder` to the folder `to` as pages that load nothing. Throws `InputError` where
 * a link leads nowhere, and where the folder holds anything that is not ours.
 */
export async function writeSite(folder: string, to: string): Promise<Written> {
  refuseForeign(to);
  const docs = readdirSync(join(folder, 'docs')).filter((name) => name.endsWith('.md'));
  const guides = [...FIRST, ...docs.sort().map((name) => `docs/${name}`)];
  let written: Written = { pages: 0, bytes: 0, data: 0 };
  await replaceFolder(to, (staging) => {
    const put = putter(staging);
    cpSync(join(folder, REPORT.from), join(staging, REPORT.to), { recursive: true });
    const files = new Set<string>();
    const pages = guides.map((guide): Page => guidePage(folder, guide, guides, files));
    const report = { ...(pages[0] as Page), file: `${REPORT.to}/index.html`, title: 'The report' };
    const listed = [...pages.slice(0, FIRST.length), report, ...pages.slice(FIRST.length)];
    for (const page of pages) put(page.file, rendered(page, listed, 'spillover: guides and the published report.'));
    for (const path of files) {
      mkdirSync(join(staging, 'files'), { recursive: true });
      cpSync(join(folder, path), join(staging, 'files', basename(path)));
    }
    refuseDeadLinks(staging);
    written = writtenIn(staging, pages.length);
  });
  return written;
}

/** A guide as a page; files of the checkout that it leads to, and that are no guides, are added to `files`. */
function guidePage(folder: string, guide: string, guides: readonly string[], files: Set<string>): Page {
  const text = readFileSync(join(folder, guide), 'utf8');
  const pathOf = (address: string): string =>
    relative(folder, resolve(folder, dirname(guide), address))
      .split(sep)
      .join('/');
  const link = (address: string): string => {
    if (/^https?:/.test(address) || address.startsWith('#')) return address;
    const [, path = '', heading = ''] = /^([^#]*)(#.*)?$/.exec(address) ?? [];
    const at = pathOf(path);
    if (guides.includes(at)) return `${pageOf(at)}${heading}`;
    if (at.startsWith(`${REPORT.from}/`)) return `${REPORT.to}${at.slice(REPORT.from.length)}${heading}`;
    if (existsSync(join(folder, at))) files.add(at);
    return `files/${basename(at)}`;
  };
  const image = (address: string): string => readFileSync(join(folder, pathOf(address)), 'utf8');
  const title = guide === 'README.md' ? 'Start' : titleOf(text);
  return {
    ...{ file: pageOf(guide), title, figures: [], body: markdown(text, { link, image }) },
    ...(guide.startsWith('docs/') && { group: 'Guides' }),
  };
}

/** Throws `InputError` where a page leads to a file that is not there, or to a heading that a page does not have. */
function refuseDeadLinks(folder: string): void {
  const names = new Set(entriesIn(folder));
  const pages = [...names].filter((name) => name.endsWith('.html'));
  const html = new Map(pages.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  const dead = pages.flatMap((name) => {
    const addresses = new Set([...(html.get(name) as string).matchAll(/href="([^"]+)"/g)].map(([, to]) => to ?? ''));
    return [...addresses].flatMap((address) => {
      if (/^https?:/.test(address)) return [];
      const [, path = '', heading] = /^([^#]*)(?:#(.*))?$/.exec(address) ?? [];
      const target = path === '' ? name : join(dirname(name), path).split(sep).join('/');
      const there =
        names.has(target) && (heading === undefined || html.get(target)?.includes(`id="${heading}"`) !== false);
      return there ? [] : [`${name} leads to ${address}`];
    });
  });
  if (dead.length === 0) return;
  throw new InputError('links that lead nowhere', {
    expected: 'a file or a heading behind every link',
    got: dead.slice(0, 10).join('; '),
    todo: 'correct them in the guides',
  });
}
