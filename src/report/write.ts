import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { armName } from '../train/arm.ts';
import { rendered } from './page.tsx';
import { chapters } from './pages/chapters.tsx';
import { claimPage } from './pages/claim.tsx';
import { overview } from './pages/overview.tsx';
import { observationsParquet } from './parquet.ts';
import { standalone } from './plot.ts';
import { readRecords } from './records.ts';
import { eventFile } from './tensorboard.ts';

/** Files of records, which a report in another folder takes along. */
const RECORDS = /^(claims\.json|observations\.jsonl|characters\.jsonl|summary\.md|explore-.*\.json)$/;

/** A font that is the same on every machine, for the figures' PNG files. */
const FONT = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');

/**
 * Writes the report of the records in `from` to the folder `to`: `index.html` with its pages, every figure as SVG and PNG, and
 * the data; with `tensorboard` the training curves as event files, too. The same records give the same bytes. Figures and
 * pages of an earlier run are removed first. Gives the number of pages and of bytes.
 */
export function writeReport(
  from: string,
  { to = from, tensorboard = false }: { readonly to?: string; readonly tensorboard?: boolean } = {},
): { pages: number; bytes: number } {
  const records = readRecords(from);
  const listed = [overview(records), ...chapters(records)];
  const pages = [...listed, ...records.claims.map((each) => claimPage(each, records))];
  const foot = `spillover, ${records.claims.length} claims, digest ${records.digest.slice(0, 12)}. Made from records only; every figure has its numbers beside it.`;
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(to)) if (name.endsWith('.html')) rmSync(join(to, name));
  for (const name of ['figures', 'tensorboard']) rmSync(join(to, name), { recursive: true, force: true });
  mkdirSync(join(to, 'figures'));
  let bytes = 0;
  const put = (name: string, content: string | Uint8Array): void => {
    writeFileSync(join(to, `${name}.part`), content);
    renameSync(join(to, `${name}.part`), join(to, name));
    bytes += Buffer.byteLength(content);
  };
  for (const page of pages) {
    put(page.file, rendered(page, listed, foot));
    for (const { id, svg } of page.figures) {
      const image = standalone(svg);
      put(`figures/${id}.svg`, image);
      const font = { loadSystemFonts: false, fontFiles: [FONT], defaultFontFamily: 'DejaVu Sans' };
      put(`figures/${id}.png`, new Resvg(image, { font, fitTo: { mode: 'zoom', value: 1.5 } }).render().asPng());
    }
  }
  for (const run of tensorboard ? records.runs : []) {
    const folder = `tensorboard/${armName(run.arm).replaceAll(' ', '_')}/seed_${run.seed}`;
    mkdirSync(join(to, folder), { recursive: true });
    put(`${folder}/events.out.tfevents.0.spillover`, eventFile(run));
  }
  if (records.runs.length > 0) put('observations.parquet', observationsParquet(records.runs));
  for (const name of readdirSync(from).filter((each) => RECORDS.test(each))) {
    const path = join(from, name);
    if (resolve(from) !== resolve(to)) copyFileSync(path, join(to, name));
    bytes += readFileSync(path).length;
  }
  return { pages: pages.length, bytes };
}
