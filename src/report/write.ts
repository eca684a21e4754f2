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
import { galleryPage } from './pages/gallery.tsx';
import { importedClaimPage } from './pages/imported.tsx';
import { overview } from './pages/overview.tsx';
import type { Figure } from './plot.ts';
import { putFigures, putter, type Written, writtenIn } from './put.ts';

/** Files of records, which a report takes along. */
const RECORDS =
  /^(claims\.json|claims\.lock\.json|imported\.json|observations\.(jsonl\.gz|parquet)|setups\.parquet|characters\.jsonl|summary\.md|power\.json|worlds\.json|explore-.*\.json)$/;

/**
 * Writes the report of the records in `from` to the folder `to`: `index.html` with its pages, what was found as Markdown, every figure as
 * SVG and PNG, and the data; with `tensorboard` the training curves as event files, too. The same records give the same bytes. An earlier
 * report there is replaced once the new one is complete. Throws `InputError` where the records cannot be shown, and where
 * another folder than their own holds anything that is not a report as we wrote it.
 */
export async function writeReport(
  from: string,
  { to = from, tensorboard = false }: { readonly to?: string; readonly tensorboard?: boolean } = {},
): Promise<Written> {
  const isOwn = resolve(to) === resolve(from);
  if (!isOwn) refuseForeign(to);
  const { records, files } = recordsIn(from);
  let written: Written = { pages: 0, bytes: 0 };
  const write = (staging: string): void => {
    for (const [name, bytes] of files) writeSynced(join(staging, name), bytes);
    written = putPages(staging, records, tensorboard);
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

/** Every page of a report as HTML, with its figures. */
export function reportPages(records: Records): { file: string; html: string; figures: readonly Figure[] }[] {
  const own = [overview(records), ...chapters(records)];
  const ofClaims = records.claims.map((each) => claimPage(each, records));
  const listed = [...own, galleryPage([...own, ...ofClaims])];
  const pages = [...listed, ...ofClaims, ...records.imported.claims.map(importedClaimPage)];
  const foot = `spillover, ${records.claims.length} claims, digest ${records.digest.slice(0, 12)}. Made from records only; every figure has numbers beside it.`;
  return pages.map((page) => ({ file: page.file, html: rendered(page, listed, foot), figures: page.figures }));
}

/** Puts the pages, figures and data of the records in a folder beside them. Gives the number of pages and of all bytes. */
export const writePages = (folder: string): Written => putPages(folder, readRecords(folder), false);

/** Puts pages, figures and findings of these records, and event files where they are asked for. */
function putPages(folder: string, records: Records, tensorboard: boolean): Written {
  const put = putter(folder);
  const pages = reportPages(records);
  for (const { file, html } of pages) put(file, html);
  putFigures(put, pages);
  put(FINDINGS, findings(records));
  for (const run of tensorboard ? records.runs : []) {
    const name = `tensorboard/${armName(run.arm).replaceAll(' ', '_')}/seed_${run.seed}`;
    put(`${name}/events.out.tfevents.0.spillover`, eventFile(run));
  }
  return writtenIn(folder, pages.length);
}
