import { relative } from 'node:path';
import { PROJECT } from '../claims/configuration.ts';
import { LATEST } from '../report/latest.ts';
import { writeReport } from '../report/write.ts';

/** `npm run report`: writes the pages of the latest run to `reports/latest/`, from its records alone. */
export async function report(): Promise<void> {
  const start = performance.now();
  const { pages, bytes } = writeReport(LATEST);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(
    `${relative(PROJECT, LATEST)}/index.html: ${pages} pages, ${(bytes / 1e6).toFixed(1)} MB, in ${seconds} s\n`,
  );
}
