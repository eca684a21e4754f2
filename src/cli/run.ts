import { startVitest } from 'vitest/node';
import { declaredClaims } from '../claims/files.ts';
import { InputError } from '../core/errors.ts';
import { type Profile, readConfiguration } from '../project/configuration.ts';
import { LATEST } from '../records/latest.ts';
import { refuseLinks } from '../records/manifest.ts';
import { writePages } from '../report/write.ts';
import { ClaimsReporter } from '../vitest/reporter.ts';
import { type Counts, concludingText, countTests, withChecks } from './counts.ts';
import { settleEngine } from './engines.ts';
import { sayWritten } from './report.ts';
import { checkStatically } from './static-checks.ts';
import { trainAll } from './train.ts';

/** Runs vitest projects in this process, or some files of them, with the gate of the claims, and counts their tests. */
async function runVitest(
  projects: readonly string[],
  gate: ClaimsReporter,
  files: readonly string[] = [],
): Promise<Counts> {
  const reporters = ['default' as const, gate];
  const vitest = await startVitest('test', [...files], { run: true, watch: false, project: [...projects], reporters });
  const counts = countTests(vitest.state.getTestModules(), vitest.state.getUnhandledErrors().length);
  await vitest.close();
  return counts;
}

/** Trains what the claims lack, runs them with other projects, and counts what keeps their gate shut as failures. */
async function runClaims(profile: Profile, projects: readonly string[], gate: ClaimsReporter): Promise<Counts> {
  refuseLinks(LATEST);
  await settleEngine(process.env);
  const configuration = readConfiguration(process.env, profile);
  process.env['SPILLOVER_PROFILE'] = configuration.profile;
  await trainAll(configuration, await declaredClaims());
  const counts = await runVitest([...projects, 'hypotheses'], gate);
  return withChecks(counts, { failed: gate.problems });
}

function conclude(counts: Counts): void {
  if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;
  process.stdout.write(concludingText(counts));
}

/** `npm run reproduce`: trains what the store lacks, judges every claim, by default at the profile `standard`, and writes the report. */
export async function reproduce(): Promise<void> {
  let say = (): void => {};
  const gate = new ClaimsReporter((folder) => {
    const start = performance.now();
    const written = writePages(folder);
    const ms = performance.now() - start;
    say = () => sayWritten(LATEST, written, ms);
  });
  const counts = await runClaims('standard', [], gate);
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

/** `npm test`: static checks, unit and robustness tests, and every claim, by default at the profile `quick`. */
export function testEverything(): Promise<void> {
  return besideChecks(() => runClaims('quick', ['unit', 'mocked', 'robustness', 'calibration'], new ClaimsReporter()));
}

/** `npm run check`: static checks and unit tests. */
export function check(): Promise<void> {
  return besideChecks(() => runVitest(['unit', 'mocked'], new ClaimsReporter()));
}

/** `npm run check:browser`: the tests that open the report in Chromium. */
export async function checkInBrowser(): Promise<void> {
  conclude(await runVitest(['unit'], new ClaimsReporter(), ['src/report/browser.test.ts']));
}
