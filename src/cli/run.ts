import { join } from 'node:path';
import { startVitest, type TestModule, type Vitest } from 'vitest/node';
import { declaredClaims } from '../claims/files.ts';
import { InputError } from '../core/errors.ts';
import { PROJECT, type Profile, readConfiguration } from '../project/configuration.ts';
import { LATEST } from '../records/latest.ts';
import { refuseLinks } from '../records/manifest.ts';
import { writePages } from '../report/write.ts';
import { ClaimsReporter } from '../vitest/reporter.ts';
import { type Counts, concludingText, countTests, type Ended, withChecks } from './counts.ts';
import { settleEngine } from './engines.ts';
import { memoryOf, runsAll, withKnown } from './memory.ts';
import { sayWritten } from './report.ts';
import { checkStatically } from './static-checks.ts';
import { trainAll } from './train.ts';

/** Projects that take long: one that passed on the very same files is not run again. */
const REMEMBERED: readonly string[] = ['slow', 'robustness', 'calibration'];
const MODULES = join(PROJECT, 'node_modules');
const PLACES = { project: PROJECT, modules: MODULES, kept: join(MODULES, '.cache', 'spillover', 'passed') };

/** How much of the tests a command runs. */
interface Extent {
  /** Also what is known to pass. */
  readonly all: boolean;
  /** The command that does so. */
  readonly again: string;
}

/** Runs vitest projects in this process, or some files of them, with the gate of the claims, and counts their tests. */
async function runVitest(
  projects: readonly string[],
  gate: ClaimsReporter,
  files: readonly string[] = [],
): Promise<{ readonly counts: Counts; readonly ended: ReadonlyMap<string, Ended> }> {
  const reporters = ['default' as const, gate];
  const vitest = await startVitest('test', [...files], { run: true, watch: false, project: [...projects], reporters });
  const unhandled = vitest.state.getUnhandledErrors().length;
  const counts = countTests(vitest.state.getTestModules(), unhandled);
  const ended = unhandled === 0 ? await endedProjects(vitest) : new Map<string, Ended>();
  await vitest.close();
  return { counts, ended };
}

/** How each project of a run ended. */
async function endedProjects({ projects, state }: Vitest): Promise<Map<string, Ended>> {
  const ended = projects.map(async (project) => {
    const modules = state.getTestModules().filter((module) => module.project.name === project.name);
    const done = modules.filter((module) => ['passed', 'skipped'].includes(module.state()));
    const { testFiles } = await project.globTestFiles();
    return [project.name, { ...countTests(modules, 0), whole: isSame(testFiles, done) }] as const;
  });
  return new Map(await Promise.all(ended));
}

const isSame = (files: readonly string[], modules: readonly TestModule[]): boolean =>
  files.length === modules.length && files.every((file) => modules.some(({ moduleId }) => moduleId === file));

/** Runs vitest projects but for those that are known to pass, and remembers what passed. */
async function runUnknown(projects: readonly string[], gate: ClaimsReporter, { all, again }: Extent): Promise<Counts> {
  const remembered = projects.filter((project) => REMEMBERED.includes(project));
  const memory = memoryOf(remembered, PLACES, { all: runsAll(all, process.env), environment: process.env });
  const { counts, ended } = await runVitest(
    projects.filter((project) => !memory.known.has(project)),
    gate,
  );
  memory.learn(ended);
  return withKnown(counts, memory, again);
}

/** Trains what the claims lack, runs them, and counts what keeps their gate shut as failures. */
async function runClaims(profile: Profile, gate: ClaimsReporter, run: () => Promise<Counts>): Promise<Counts> {
  refuseLinks(LATEST);
  await settleEngine(process.env);
  const configuration = readConfiguration(process.env, profile);
  process.env['SPILLOVER_PROFILE'] = configuration.profile;
  await trainAll(configuration, await declaredClaims());
  return withChecks(await run(), { failed: gate.problems });
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
  const counts = await runClaims('standard', gate, async () => (await runVitest(['hypotheses'], gate)).counts);
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

/** The tests beside the code. */
const UNIT = ['unit', 'mocked', 'slow'];

/**
 * `npm test`: static checks, unit and robustness tests, and every claim, by default at the profile `quick`; without `all`, not
 * again what passed on the very same files.
 */
export function testEverything(all: boolean): Promise<void> {
  const extent = { all, again: 'npm test -- --all' };
  const gate = new ClaimsReporter();
  const projects = [...UNIT, 'robustness', 'calibration', 'hypotheses'];
  return besideChecks(() => runClaims('quick', gate, () => runUnknown(projects, gate, extent)));
}

/** `npm run check`: static checks and unit tests; without `all`, not again what passed on the very same files. */
export function check(all: boolean): Promise<void> {
  const extent = { all, again: 'npm run check -- --all' };
  return besideChecks(() => runUnknown(UNIT, new ClaimsReporter(), extent));
}

/** `npm run check:browser`: the tests that open the report in Chromium. */
export async function checkInBrowser(): Promise<void> {
  const { counts } = await runVitest(['slow'], new ClaimsReporter(), ['src/report/browser.slow.test.ts']);
  conclude(counts);
}
