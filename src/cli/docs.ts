import { join, resolve } from 'node:path';
import { writeSite } from '../report/site/site.tsx';
import type { Called } from './called.ts';
import { DOCS_OPTIONS, USAGE } from './docs-options.ts';
import { optionsIn } from './options.ts';
import { sayWritten } from './written.ts';

/** `npm run docs`: guides and published report as a site of plain files, in `site/` or the folder of `--to`; links are checked. */
export async function docs({ rest, files }: Called): Promise<void> {
  const start = performance.now();
  const { to } = optionsIn(rest, DOCS_OPTIONS, USAGE);
  const folder = to === undefined ? join(files.folder, 'site') : resolve(to);
  sayWritten(folder, await writeSite(files.folder, folder), performance.now() - start);
}
