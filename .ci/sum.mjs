// Prints the sum of the last lines `N passed, N failed` of the logs that are its arguments; a log without one is a failure.
// Says before it what their last lines but one say was skipped. Exits 1 where anything failed or nothing passed.
import { readFileSync } from 'node:fs';

let [passed, failed] = [0, 0];
for (const log of process.argv.slice(2)) {
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  const counts = /^(\d+) passed, (\d+) failed$/.exec(lines.at(-1) ?? '');
  passed += Number(counts?.[1] ?? 0);
  failed += Number(counts?.[2] ?? 1);
  const skipped = lines.at(-2) ?? '';
  if (skipped.startsWith('skipped: ')) console.log(skipped);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
