import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../core/errors.ts';
import { HYPOTHESES } from '../vitest/names.ts';
import { type Called, isCheckout } from './called.ts';
import { type Counts, concludingText, withChecks, withSkipped } from './counts.ts';
import { memoryOf, runsAll, withKnown } from './memory.ts';
import type { Ran } from './run-tests.ts';
import { checkStatically } from './static-checks.ts';

// What is heavy is loaded where it is needed, beside the static checks: vitest, TensorFlow.js and the report take seconds.

/** The tests beside the code. */
const UNIT = ['unit', 'mocked', 'slow'];
const CHECKS = 'static checks';

/** Prints the counts. A run that looked at nothing is a failure, unless all there is to look at is known to pass. */
function conclude(counts: Counts, allKnown = false): void {
  if (counts.failed > 0 || (counts.passed === 0 && !allKnown)) process.exitCode = 1;
  process.stdout.write(concludingText(counts));
}

/** `npm run reproduce`: trains what the store lacks, judges every claim, by default at the profile `standard`, and writes the report. */
export async function reproduce(called: Called): Promise<void> {
  const [{ runClaims }, { writePages }, { sayWritten }, { latestOf }] = await Promise.all([
    import('./run-claims.ts'),
    import('../report/write.ts'),
    import('./written.ts'),
    import('../records/latest.ts'),
  ]);
  let say = (): void => {};
  const { counts } = await runClaims(called, 'standard', [HYPOTHESES], (folder) => {
    const start = performance.now();
    const written = writePages(folder);
    const ms = performance.now() - start;
    say = () => sayWritten(latestOf(called.files), written, ms);
  });
  say();
  conclude(counts);
}

/** What a command of the checkout runs. */
interface Extent {
  /** Vitest projects: where they passed on the very same files, they are not run again. */
  readonly projects: readonly string[];
  /** Those that are run every time. */
  readonly always?: readonly string[];
  /** Those among `projects` that run with `all` alone, since they take longer than everything else. */
  readonly later?: readonly string[];
  /** Also what is known to pass. */
  readonly all: boolean;
  /** The command that does so. */
  readonly again: string;
}

/**
 * Runs vitest projects of the checkout by `work`, beside the static checks, but for what is known to pass; remembers what passed, and
 * concludes with all. A fault of `work` is printed and counts as a failure.
 */
export async function besideChecks(
  { files: { folder } }: { readonly files: Pick<Called['files'], 'folder'> },
  { projects, always = [], later = [], all, again }: Extent,
  work: (projects: readonly string[]) => Promise<Ran>,
): Promise<void> {
  const modules = join(folder, 'node_modules');
  const places = { project: folder, modules, kept: join(modules, '.cache', 'spillover', 'passed') };
  const everything = runsAll(all, process.env);
  const memory = memoryOf([CHECKS, ...projects], places, { all: everything, environment: process.env });
  const checks = memory.known.has(CHECKS) ? undefined : checkStatically();
  const unknown = projects.filter((project) => !memory.known.has(project));
  const left = everything ? [] : unknown.filter((project) => later.includes(project));
  const asked = [...unknown.filter((project) => !left.includes(project)), ...always];
  const nothing = { passed: 0, failed: 0, skipped: new Map<string, number>() };
  let ran: Ran = { counts: { ...nothing, failed: 1 }, ended: new Map() };
  try {
    ran = asked.length === 0 ? { ...ran, counts: nothing } : await work(asked);
  } catch (error) {
    process.stderr.write(`${error instanceof InputError ? error.message : (error as Error).stack}\n`);
  }
  const checked = { ...nothing, whole: checks !== undefined, ...(await checks) };
  memory.learn(new Map([...ran.ended, [CHECKS, checked]]));
  const allKnown = asked.length === 0 && checks === undefined;
  const files = left.map((project): [string, number] => [
    `files of ${project} tests: ${again} runs them, as CI does`,
    filesOf(folder, project),
  ]);
  conclude(withKnown(withSkipped(withChecks(ran.counts, checked), files), memory, again), allKnown);
}

/** How many files a vitest project has that is named as its files end. */
const filesOf = (folder: string, project: string): number =>
  readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith(`.${project}.test.ts`),
  ).length;

/**
 * `npm test`: every claim, by default at the profile `quick`. In the checkout static checks and tests, too; without `all` none again
 * that passed on the very same files, and neither the slow ones, which start processes and train on every engine, nor calibration.
 */
export async function testEverything(called: Called, all: boolean): Promise<void> {
  const run = async (projects: readonly string[]): Promise<Ran> =>
    (await import('./run-claims.ts')).runClaims(called, 'quick', projects);
  if (!isCheckout(called.files)) return conclude((await run([])).counts);
  const projects = [...UNIT, 'robustness', 'calibration'];
  const extent = { projects, always: [HYPOTHESES], later: ['slow', 'calibration'], all, again: 'npm test -- --all' };
  await besideChecks(called, extent, run);
}

/** `npm run check`: static checks and the tests beside the code; without `all`, not again what passed on the very same files. */
export function check(called: Called, all: boolean): Promise<void> {
  const extent = { projects: UNIT, all, again: 'npm run check -- --all' };
  return besideChecks(called, extent, async (projects) => runTests(projects, called));
}

/** `npm run check:browser`: the tests that open the report in Chromium. */
export async function checkInBrowser(called: Called): Promise<void> {
  conclude((await runTests(['slow'], called, ['src/report/browser.slow.test.ts'])).counts);
}

/** Runs tests that are not of claims, which need no gate. */
async function runTests(projects: readonly string[], { parameters }: Called, files?: readonly string[]): Promise<Ran> {
  return (await import('./run-tests.ts')).runVitest(projects, parameters, [], files);
}
