import { resolve } from 'node:path';
import { latestOf } from '../records/latest.ts';
import { writeReport } from '../report/write.ts';
import type { Called } from './called.ts';
import { claimsAt } from './claims-at.ts';
import { optionsIn } from './options.ts';
import { REPORT_OPTIONS, USAGE } from './report-options.ts';
import { sayWritten } from './written.ts';

/**
 * `npm run report`: writes the pages of the latest run, from its records alone, to `reports/latest/` or the folder of `--to`;
 * with `--against` also a page that compares it with an earlier run (a folder of records or its claims.json), with `--png` every figure
 * as PNG, with `--tensorboard` its training curves as event files.
 */
export async function report({ rest, files }: Called): Promise<void> {
  const start = performance.now();
  const { to, against, png, tensorboard } = optionsIn(rest, REPORT_OPTIONS, USAGE);
  const latest = latestOf(files);
  const folder = to === undefined ? latest : resolve(to);
  const written = await writeReport(latest, {
    to: folder,
    earlier: against === undefined ? undefined : claimsAt(against),
    png: png === true,
    tensorboard: tensorboard === true,
  });
  sayWritten(folder, written, performance.now() - start);
}
