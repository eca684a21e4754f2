import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json. */
const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

/** What is checked: a program of `node_modules` with its arguments. Each remembers what it saw of files that stayed as they were. */
const CHECKS: readonly (readonly [string, ...string[]])[] = [
  ['typescript/bin/tsc'],
  ['@biomejs/biome/bin/biome', 'check', '.'],
  ['knip/bin/knip.js', '--cache'],
];

/**
 * Typecheck, lint with format, and dead code, beside everything else; what a failed one says is printed when it ends. Gives
 * how many passed and failed.
 */
export async function checkStatically(): Promise<{ passed: number; failed: number }> {
  const clean = await Promise.all(CHECKS.map(runCheck));
  const passed = clean.filter((each) => each).length;
  return { passed, failed: clean.length - passed };
}

function runCheck([program, ...args]: readonly [string, ...string[]]): Promise<boolean> {
  const script = join(CHECKOUT, 'node_modules', program);
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { cwd: CHECKOUT, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      if (error !== null) process.stdout.write(`\n${program} failed:\n${stdout}${stderr}\n`);
      resolve(error === null);
    });
  });
}
