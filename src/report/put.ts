import { mkdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { writeSynced } from '../core/whole-file.ts';
import { entriesIn } from '../records/manifest.ts';
import { type Figure, standalone } from './plot.ts';

/** A font that is the same on every machine, for the figures' PNG files. */
const FONT = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');

/** What was written of a report. */
export interface Written {
  readonly pages: number;
  /** Of pages and figures. */
  readonly bytes: number;
  /** Of all else: records, which a report takes along, and files that guides lead to. */
  readonly data: number;
}

/** Puts a file into a folder, and makes the folders that it lies in. */
type Put = (name: string, content: string | Uint8Array) => void;

export const putter =
  (folder: string): Put =>
  (name, content) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeSynced(join(folder, name), content);
  };

/** Puts every figure of some pages as SVG, and where it is asked for as PNG, too. */
export function putFigures(put: Put, pages: readonly { readonly figures: readonly Figure[] }[], png = false): void {
  // Some figures are on two pages.
  for (const [id, svg] of new Map(pages.flatMap(({ figures }) => figures.map((each) => [each.id, each.svg])))) {
    const image = standalone(svg);
    put(`figures/${id}.svg`, image);
    if (!png) continue;
    const font = { loadSystemFonts: false, fontFiles: [FONT], defaultFontFamily: 'DejaVu Sans' };
    put(`figures/${id}.png`, new Resvg(image, { font, fitTo: { mode: 'zoom', value: 1.5 } }).render().asPng());
  }
}

/** What lies in a folder after so many pages were written. */
export function writtenIn(folder: string, pages: number): Written {
  const sizeOf = (names: readonly string[]): number =>
    names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  const names = entriesIn(folder);
  const bytes = sizeOf(names.filter((name) => /\.(html|svg|png)$/.test(name)));
  return { pages, bytes, data: sizeOf(names) - bytes };
}
