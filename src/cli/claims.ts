import { readRegistry } from '../claims/registry.ts';
import { readLatest } from '../report/latest.ts';
import { narrowLines } from '../report/table.ts';

/** `npm run claims`: the claims of the latest run, two lines each, for a terminal of 80 columns. */
export async function claims(): Promise<void> {
  const { claims: judged, partial, problems, notes } = readLatest();
  process.stdout.write(`${narrowLines(judged, readRegistry(), partial).join('\n')}\n`);
  for (const note of notes) process.stdout.write(`note: ${note}\n`);
  for (const problem of problems) process.stdout.write(`not reproduced: ${problem}\n`);
}
