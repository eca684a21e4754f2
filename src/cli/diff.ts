import { basename, dirname, resolve } from 'node:path';
import { diffOf, diffText } from '../records/diff.ts';
import { readClaims } from '../records/read.ts';
import { printable } from '../report/plot.ts';
import type { Called } from './called.ts';
import { diffOptions } from './diff-options.ts';

/**
 * `npm run diff`: what became of the claims of one run in another: verdicts that flipped, means that moved beyond the prediction
 * interval, claims of one of them alone. A verdict that flipped ends the command with 1.
 */
export async function diff({ rest }: Called): Promise<void> {
  const [earlier, later] = diffOptions(rest).map((path) => readClaims(folderOf(path)).claims);
  const found = diffOf(earlier ?? [], later ?? []);
  const lines = diffText(found).split('\n').map(printable);
  process.stdout.write(`${lines.join('\n')}\n`);
  if (found.flipped.length > 0) process.exitCode = 1;
}

/** The folder of records, by itself or by its claims.json. */
const folderOf = (path: string): string => (basename(path) === 'claims.json' ? dirname(resolve(path)) : resolve(path));
