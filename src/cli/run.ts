import { execFile } from 'node:child_process';
import { startVitest } from 'vitest/node';
import { PROJECT, type Profile, readConfiguration } from '../claims/configuration.ts';
import { declaredClaims } from '../claims/files.ts';
import { InputError } from '../core/errors.ts';
import { clearLatest, readLatest } from '../report/latest.ts';
import { settleEngine } from './engines.ts';
import { report } from './report.ts';
import { trainAll } from './train.ts';

/** Runs vitest projects in this process and counts their tests. */
async function runVitest(projects: readonly string[]): Promise<{ passed: number; failed: number }> {
  const vitest = await startVitest('test', [], { run: true, watch: false, project: [...projects] });
  const modules = vitest.state.getTestModules();
  const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
  const broken = modules.filter((module) => module.errors().length > 0).length;
  const unhandled = vitest.state.getUnhandledErrors().length;
  await vitest.close();
  const passed = states.filter((state) => state === 'passed').length;
  return { passed, failed: states.length - passed + broken + unhandled };
}

/** How many problems keep the gate of the claims shut: those of the report, one where the run was partial or left none. */
function countGateProblems(): number {
  const { partial, problems } = readLatest();
  return problems.length + (partial ? 1 : 0);
}

async function runClaims(profile: Profile, projects: readonly string[]): Promise<{ passed: number; failed: number }> {
  await settleEngine(process.env);
  const configuration = readConfiguration(process.env, profile);
  process.env['SPILLOVER_PROFILE'] = configuration.profile;
  clearLatest();
  await trainAll(configuration, await declaredClaims());
  const { passed, failed } = await runVitest(projects);
  return { passed, failed: failed + countGateProblems() };
}

function conclude({ passed, failed }: { passed: number; failed: number }): void {
  if (failed > 0 || passed === 0) process.exitCode = 1;
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
}

/** `npm run reproduce`: trains what the store lacks, judges every claim, by default at the profile `standard`, and writes the report. */
export async function reproduce(): Promise<void> {
  const tests = await runClaims('standard', ['hypotheses']);
  await report();
  conclude(tests);
}

/** Typecheck, lint, format and dead code, beside everything else; what they say is printed when they end. */
function checkStatically(): Promise<boolean> {
  return new Promise((resolve) => {
    const shell = process.platform === 'win32';
    execFile('npm', ['run', '--silent', 'check:static'], { cwd: PROJECT, shell }, (error, stdout, stderr) => {
      if (error !== null) process.stdout.write(`\nstatic checks failed:\n${stdout}${stderr}\n`);
      resolve(error === null);
    });
  });
}

/** `npm test`: static checks, unit and robustness tests, and every claim, by default at the profile `quick`. */
export async function testEverything(): Promise<void> {
  const checks = checkStatically();
  let tests = { passed: 0, failed: 1 };
  try {
    tests = await runClaims('quick', ['unit', 'robustness', 'calibration', 'hypotheses']);
  } catch (error) {
    process.stderr.write(`${error instanceof InputError ? error.message : (error as Error).stack}\n`);
  }
  const clean = await checks;
  conclude({ passed: tests.passed + (clean ? 1 : 0), failed: tests.failed + (clean ? 0 : 1) });
}
