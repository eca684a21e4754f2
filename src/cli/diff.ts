import { diffOf, diffText } from '../records/diff.ts';
import { printable } from '../report/plot.ts';
import type { Called } from './called.ts';
import { claimsAt } from './claims-at.ts';
import { diffOptions } from './diff-options.ts';

/**
 * `npm run diff`: what became of the claims of one run in another: verdicts that flipped, means that moved beyond where a
 * repetition lies, claims of one of them alone. A verdict that flipped ends the command with 1.
 */
export async function diff({ rest }: Called): Promise<void> {
  const [first, second] = diffOptions(rest);
  const [earlier, later] = [claimsAt(first), claimsAt(second)];
  const found = diffOf(earlier, later);
  const lines = diffText(found).split('\n').map(printable);
  process.stdout.write(`${lines.join('\n')}\n`);
  if (found.flipped.length > 0) process.exitCode = 1;
}
