import { latestOf } from '../records/latest.ts';
import { readRecords } from '../records/read.ts';
import { narrowLines } from '../records/table.ts';
import { printable } from '../report/plot.ts';
import type { Called } from './called.ts';

/** `npm run claims`: the claims of the latest run, two lines each, for a terminal of 80 columns. */
export async function claims({ files }: Called): Promise<void> {
  const { claims: judged, registry, partial, problems, notes } = readRecords(latestOf(files));
  const lines = [
    ...narrowLines(judged, registry, partial),
    ...notes.map((note) => `note: ${note}`),
    ...problems.flatMap((problem) =>
      problem.split('\n').map((line, i) => `${i === 0 ? 'not reproduced: ' : ''}${line}`),
    ),
  ];
  process.stdout.write(lines.map((line) => `${printable(line)}\n`).join(''));
}
