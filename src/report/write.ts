import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { InputError } from '../core/errors.ts';
import { writeWhole } from '../core/whole-file.ts';
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
const RECORDS =
  /^(claims\.json|claims\.lock\.json|observations\.jsonl|characters\.jsonl|summary\.md|explore-.*\.json)$/;

/** What a report writes beside its records. */
const PAGES = 'index|dose-response|frontier|spread|belief|robustness|transcripts|run|claim-[A-Za-z0-9-]+';
const OURS = new RegExp(`^((${PAGES})\\.html|figures|tensorboard|observations\\.parquet)$|${RECORDS.source}`);

/** A font that is the same on every machine, for the figures' PNG files. */
const FONT = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');

/**
 * Writes the report of the records in `from` to the folder `to`: `index.html` with its pages, every figure as SVG and PNG, and
 * the data; with `tensorboard` the training curves as event files, too. The same records give the same bytes. An earlier
 * report there is replaced once the new one is complete. Gives the number of pages and of bytes.
 */
export function writeReport(
  from: string,
  { to = from, tensorboard = false }: { readonly to?: string; readonly tensorboard?: boolean } = {},
): { pages: number; bytes: number } {
  const records = readRecords(from);
  const listed = [overview(records), ...chapters(records)];
  const pages = [...listed, ...records.claims.map((each) => claimPage(each, records))];
  const foot = `spillover, ${records.claims.length} claims, digest ${records.digest.slice(0, 12)}. Made from records only; every figure has numbers beside it.`;
  const files = new Map<string, string | Uint8Array>();
  for (const page of pages) {
    files.set(page.file, rendered(page, listed, foot));
    for (const { id, svg } of page.figures) {
      const image = standalone(svg);
      files.set(`figures/${id}.svg`, image);
      const font = { loadSystemFonts: false, fontFiles: [FONT], defaultFontFamily: 'DejaVu Sans' };
      files.set(`figures/${id}.png`, new Resvg(image, { font, fitTo: { mode: 'zoom', value: 1.5 } }).render().asPng());
    }
  }
  for (const run of tensorboard ? records.runs : []) {
    const name = `tensorboard/${armName(run.arm).replaceAll(' ', '_')}/seed_${run.seed}`;
    files.set(`${name}/events.out.tfevents.0.spillover`, eventFile(run));
  }
  if (records.runs.length > 0) files.set('observations.parquet', observationsParquet(records.runs));
  for (const name of readdirSync(from).filter((each) => RECORDS.test(each)))
    files.set(name, readFileSync(join(from, name)));
  clear(to);
  for (const [name, content] of files) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    writeWhole(join(to, name), content);
  }
  return {
    pages: pages.length,
    bytes: [...files.values()].reduce((sum, content) => sum + Buffer.byteLength(content), 0),
  };
}

/** Takes an earlier report out of a folder. Throws `InputError` where there are files and no report, which are somebody's. */
function clear(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const names = readdirSync(folder);
  if (names.length > 0 && !names.includes('claims.json')) {
    throw new InputError(`${folder} is not empty and holds no report`, {
      expected: 'a new or empty folder, or one with an earlier report',
      got: names.slice(0, 5).join(', '),
      todo: 'give another folder with --to',
    });
  }
  for (const name of names) if (OURS.test(name)) rmSync(join(folder, name), { recursive: true });
}
