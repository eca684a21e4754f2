import { startVitest } from 'vitest/node';
import { declaredClaims } from '../claims/files.ts';
import { InputError } from '../core/errors.ts';
import type { Profile } from '../project/configuration.ts';
import type { RunParameters } from '../project/environment.ts';
import { latestOf } from '../records/latest.ts';
import { refuseLinks } from '../records/manifest.ts';
import { writePages } from '../report/write.ts';
import { ClaimsReporter } from '../vitest/reporter.ts';
import { type Called, configured, isCheckout } from './called.ts';
import { type Counts, concludingText, countTests, withChecks } from './counts.ts';
import { sayWritten } from './report.ts';
import { checkStatically } from './static-checks.ts';
import { trainAll } from './train.ts';

/** Runs vitest projects in this process, or some files of them, with the gate of the claims, and counts their tests. */
async function runVitest(
  projects: readonly string[],
  { gate, told }: { readonly gate: ClaimsReporter; readonly told: RunParameters },
  files: readonly string[] = [],
): Promise<Counts> {
  const vitest = await startVitest('test', [...files], {
    ...{ run: true, watch: false, project: [...projects], reporters: ['default', gate] },
    provide: { spillover: told },
  });
  const counts = countTests(vitest.state.getTestModules(), vitest.state.getUnhandledErrors().length);
  await vitest.close();
  return counts;
}

/** Trains what the claims lack, runs them with other projects, and counts what keeps their gate shut as failures. */
async function runClaims(
  called: Called,
  profile: Profile,
  projects: readonly string[],
  gate: ClaimsReporter,
): Promise<Counts> {
  refuseLinks(latestOf(called.files));
  const { configuration, parameters } = await configured(called, profile);
  await trainAll(configuration, await declaredClaims(called.files.hypotheses));
  const counts = await runVitest(projects, { gate, told: parameters });
  return withChecks(counts, { failed: gate.problems });
}

function conclude(counts: Counts): void {
  if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;
  process.stdout.write(concludingText(counts));
}

/** `npm run reproduce`: trains what the store lacks, judges every claim, by default at the profile `standard`, and writes the report. */
export async function reproduce(called: Called): Promise<void> {
  let say = (): void => {};
  const gate = new ClaimsReporter((folder) => {
    const start = performance.now();
    const written = writePages(folder);
    const ms = performance.now() - start;
    say = () => sayWritten(latestOf(called.files), written, ms);
  });
  const counts = await runClaims(called, 'standard', ['hypotheses'], gate);
  say();
  conclude(counts);
}

/** Does `work` beside the static checks, and concludes with both; a fault of it is printed and counts as a failure. */
async function besideChecks(work: () => Promise<Counts>): Promise<void> {
  const checks = checkStatically();
  let counts: Counts = { passed: 0, failed: 1, skipped: new Map() };
  try {
    counts = await work();
  } catch (error) {
    process.stderr.write(`${error instanceof InputError ? error.message : (error as Error).stack}\n`);
  }
  conclude(withChecks(counts, await checks));
}

/** `npm test`: every test and every claim, by default at the profile `quick`; in the checkout static checks, too. */
export async function testEverything(called: Called): Promise<void> {
  const everything = (): Promise<Counts> => runClaims(called, 'quick', [], new ClaimsReporter());
  return isCheckout(called.files) ? besideChecks(everything) : conclude(await everything());
}

/** `npm run check`: static checks and unit tests. */
export function check({ parameters: told }: Called): Promise<void> {
  return besideChecks(() => runVitest(['unit', 'mocked'], { gate: new ClaimsReporter(), told }));
}

/** `npm run check:browser`: the tests that open the report in Chromium. */
export async function checkInBrowser({ parameters: told }: Called): Promise<void> {
  const gate = new ClaimsReporter();
  conclude(await runVitest(['unit'], { gate, told }, ['src/report/browser.test.ts']));
}
