import { join } from 'node:path';
import { startVitest, type TestModule, type Vitest } from 'vitest/node';
import { declaredClaims } from '../claims/files.ts';
import { InputError } from '../core/errors.ts';
import type { Profile } from '../project/configuration.ts';
import type { RunParameters } from '../project/environment.ts';
import { latestOf } from '../records/latest.ts';
import { refuseLinks } from '../records/manifest.ts';
import { writePages } from '../report/write.ts';
import { ClaimsReporter } from '../vitest/reporter.ts';
import { type Called, configured, isCheckout } from './called.ts';
import { type Counts, concludingText, countTests, type Ended, withChecks } from './counts.ts';
import { memoryOf, runsAll, withKnown } from './memory.ts';
import { sayWritten } from './report.ts';
import { checkStatically } from './static-checks.ts';
import { trainAll } from './train.ts';

/** Projects of the checkout that take long: one that passed on the very same files is not run again. */
const REMEMBERED: readonly string[] = ['slow', 'robustness', 'calibration'];
/** The tests beside the code. */
const UNIT = ['unit', 'mocked', 'slow'];

/** What judges the claims of a run of vitest, and what its tests are told. */
interface Judged {
  readonly gate: ClaimsReporter;
  readonly told: RunParameters;
}

/** How much of the tests a command runs. */
interface Extent {
  /** Also what is known to pass. */
  readonly all: boolean;
  /** The command that does so. */
  readonly again: string;
}

/** Runs vitest projects (all where none is named) in this process, or some files of them, with the gate of the claims. */
async function runVitest(
  projects: readonly string[],
  { gate, told }: Judged,
  files: readonly string[] = [],
): Promise<{ readonly counts: Counts; readonly ended: ReadonlyMap<string, Ended> }> {
  const vitest = await startVitest('test', [...files], {
    ...{ run: true, watch: false, project: [...projects], reporters: ['default', gate] },
    provide: { spillover: told },
  });
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

/** Runs vitest projects of the checkout but for those that are known to pass, and remembers what passed. */
async function runUnknown(
  projects: readonly string[],
  { files: { folder } }: Called,
  judged: Judged,
  { all, again }: Extent,
): Promise<Counts> {
  const modules = join(folder, 'node_modules');
  const places = { project: folder, modules, kept: join(modules, '.cache', 'spillover', 'passed') };
  const remembered = projects.filter((project) => REMEMBERED.includes(project));
  const memory = memoryOf(remembered, places, { all: runsAll(all, process.env), environment: process.env });
  const { counts, ended } = await runVitest(
    projects.filter((project) => !memory.known.has(project)),
    judged,
  );
  memory.learn(ended);
  return withKnown(counts, memory, again);
}

/** Trains what the claims lack, runs them, and counts what keeps their gate shut as failures. */
async function runClaims(
  called: Called,
  profile: Profile,
  gate: ClaimsReporter,
  run: (told: RunParameters) => Promise<Counts>,
): Promise<Counts> {
  refuseLinks(latestOf(called.files));
  const { configuration, parameters } = await configured(called, profile);
  await trainAll(configuration, await declaredClaims(called.files.hypotheses));
  return withChecks(await run(parameters), { failed: gate.problems });
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
  const run = async (told: RunParameters): Promise<Counts> => (await runVitest(['hypotheses'], { gate, told })).counts;
  const counts = await runClaims(called, 'standard', gate, run);
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

/**
 * `npm test`: every test and every claim, by default at the profile `quick`. In the checkout static checks, too, and without `all`
 * not again what passed on the very same files.
 */
export async function testEverything(called: Called, all: boolean): Promise<void> {
  const gate = new ClaimsReporter();
  if (!isCheckout(called.files)) {
    const run = async (told: RunParameters): Promise<Counts> => (await runVitest([], { gate, told })).counts;
    return conclude(await runClaims(called, 'quick', gate, run));
  }
  const extent = { all, again: 'npm test -- --all' };
  const projects = [...UNIT, 'robustness', 'calibration', 'hypotheses'];
  const run = (told: RunParameters): Promise<Counts> => runUnknown(projects, called, { gate, told }, extent);
  return besideChecks(() => runClaims(called, 'quick', gate, run));
}

/** `npm run check`: static checks and unit tests; without `all`, not again what passed on the very same files. */
export function check(called: Called, all: boolean): Promise<void> {
  const extent = { all, again: 'npm run check -- --all' };
  const judged = { gate: new ClaimsReporter(), told: called.parameters };
  return besideChecks(() => runUnknown(UNIT, called, judged, extent));
}

/** `npm run check:browser`: the tests that open the report in Chromium. */
export async function checkInBrowser({ parameters: told }: Called): Promise<void> {
  const judged = { gate: new ClaimsReporter(), told };
  const { counts } = await runVitest(['slow'], judged, ['src/report/browser.slow.test.ts']);
  conclude(counts);
}
