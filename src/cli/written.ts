import { relative } from 'node:path';
import type { Written } from '../report/put.ts';

/** Says where a report is, how large it is and how long it took. */
export function sayWritten(folder: string, { pages, bytes }: Written, ms: number): void {
  process.stdout.write(
    `${relative(process.cwd(), folder) || '.'}/index.html: ${pages} pages, ${(bytes / 1e6).toFixed(1)} MB, in ${(ms / 1000).toFixed(1)} s\n`,
  );
}
