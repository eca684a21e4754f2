import { relative } from 'node:path';
import type { Written } from '../report/put.ts';

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** Says where a report is, how large it is and how long it took. */
export function sayWritten(folder: string, { pages, bytes, data }: Written, ms: number): void {
  process.stdout.write(
    `${relative(process.cwd(), folder) || '.'}/index.html: ${pages} pages, ${megabytes(bytes)} and ${megabytes(data)} of data, in ${(ms / 1000).toFixed(1)} s\n`,
  );
}
