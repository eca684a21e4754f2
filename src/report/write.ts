import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeSynced } from '../core/whole-file.ts';
import { refuseForeign, replaceFolder } from '../records/folder.ts';
import { hashIn, MANIFEST } from '../records/manifest.ts';
import { type Records, readRecords } from '../records/read.ts';
import { eventFile } from '../records/tensorboard.ts';
import { armName } from '../train/arm.ts';
import { FINDINGS, findings } from './findings.ts';
import { rendered } from './page.tsx';
import { chapters } from './pages/chapters.tsx';
import { claimPage } from './pages/claim.tsx';
import { comparedPage, type Earlier } from './pages/compared.tsx';
import { galleryPage } from './pages/gallery.tsx';
import { importedClaimPage } from './pages/imported.tsx';
import { overview } from './pages/overview.tsx';
import type { Figure } from './plot.ts';
import { putFigures, putter, type Written, writtenIn } from './put.ts';

/** Files of records, which a report takes along. */
const RECORDS =
  /^(claims\.json|claims\.lock\.json|imported\.json|observations\.(jsonl\.gz|parquet)|setups\.parquet|characters\.jsonl|summary\.md|power\.json|worlds\.json|explore-.*\.json)$/;

/** What a report has beside its pages: a page that compares its run with an earlier one, figures as PNG, training curves as event files. */
interface Extras {
  readonly earlier?: Earlier | undefined;
  readonly png?: boolean;
  readonly tensorboard?: boolean;
}

/**
 * Writes the report of the records in `from` to the folder `to`: `index.html` with its pages, what was found as Markdown, every figure as
 * SVG, the data, and what is asked for beside. The same records give the same bytes. An earlier
 * report there is replaced once the new one is complete. Throws `InputError` where the records cannot be shown, and where
 * another folder than their own holds anything that is not a report as we wrote it.
 */
export async function writeReport(
  from: string,
  { to = from, ...extras }: { readonly to?: string } & Extras = {},
): Promise<Written> {
  const isOwn = resolve(to) === resolve(from);
  if (!isOwn) refuseForeign(to);
  const { records, files } = recordsIn(from);
  let written: Written = { pages: 0, bytes: 0, data: 0 };
  const write = (staging: string): void => {
    for (const [name, bytes] of files) writeSynced(join(staging, name), bytes);
    written = putPages(staging, records, extras);
  };
  await replaceFolder(to, write, { explored: isOwn });
  return written;
}

/** The records of a folder and their files, all of one run: read again where another process has replaced them meanwhile. */
function recordsIn(folder: string): { readonly records: Records; readonly files: readonly [string, Buffer][] } {
  for (;;) {
    const before = hashIn(folder, MANIFEST);
    const records = readRecords(folder);
    const names = readdirSync(folder).filter((name) => RECORDS.test(name));
    const files = names.map((name): [string, Buffer] => [name, readFileSync(join(folder, name))]);
    if (hashIn(folder, MANIFEST) === before) return { records, files };
  }
}

/** Every page of a report as HTML, with its figures; with an earlier run one that compares the two. */
export function reportPages(
  records: Records,
  earlier?: Earlier,
): { file: string; html: string; figures: readonly Figure[] }[] {
  const comparison = earlier === undefined ? [] : [comparedPage(earlier, records)];
  const own = [overview(records), ...comparison, ...chapters(records)];
  const ofClaims = records.claims.map((each) => claimPage(each, records));
  const listed = [...own, galleryPage([...own, ...ofClaims])];
  const pages = [...listed, ...ofClaims, ...records.imported.claims.map(importedClaimPage)];
  const foot = `spillover, ${records.claims.length} claims, digest ${records.digest.slice(0, 12)}. Made from records only; every figure has numbers beside it.`;
  return pages.map((page) => ({ file: page.file, html: rendered(page, listed, foot), figures: page.figures }));
}

/** Puts the pages, figures and data of the records in a folder beside them. Gives the number of pages and of all bytes. */
export const writePages = (folder: string): Written => putPages(folder, readRecords(folder), {});

/** Puts pages, figures and findings of these records, and what is asked for beside. */
function putPages(folder: string, records: Records, { earlier, png, tensorboard = false }: Extras): Written {
  const put = putter(folder);
  const pages = reportPages(records, earlier);
  for (const { file, html } of pages) put(file, html);
  putFigures(put, pages, png);
  put(FINDINGS, findings(records));
  for (const run of tensorboard ? records.runs : []) {
    const name = `tensorboard/${armName(run.arm).replaceAll(' ', '_')}/seed_${run.seed}`;
    put(`${name}/events.out.tfevents.0.spillover`, eventFile(run));
  }
  return writtenIn(folder, pages.length);
}
