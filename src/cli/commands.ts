import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../core/errors.ts';
import { PROJECT, readConfiguration } from '../project/configuration.ts';
import { refuseUnknownVariables, VARIABLES } from '../project/environment.ts';
import { nearest } from '../project/nearest.ts';
import { findBrowser } from '../report/browser.ts';
import { USAGE as EXPLORE, refuseWrongOptions } from './explore-options.ts';
import { optionsIn } from './options.ts';
import { USAGE as REPORT, REPORT_OPTIONS } from './report-options.ts';
import { TEST_OPTIONS, usageOfTests } from './test-options.ts';
import { USAGE as VERIFY, verifyOptions } from './verify-options.ts';

/** One command of `package.json`: what it does, and how it is called. */
interface Command {
  readonly about: string;
  /** Without it the command takes no options. */
  readonly usage?: string;
  /** Throws `InputError` on wrong options, before anything heavy is loaded. */
  readonly check?: (rest: readonly string[]) => void;
  /** Loads what the command needs, and does it. */
  readonly run: (rest: readonly string[]) => Promise<void>;
}

/** Every command by its name. What they need is loaded only when they run: TensorFlow.js alone takes seconds. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  test: {
    about: 'static checks, unit and robustness tests, and every claim, by default at the profile quick',
    usage: usageOfTests('npm test'),
    check: (rest) => void [asksForAll('npm test', rest), findBrowser(process.env)],
    run: async (rest) => (await import('./run.ts')).testEverything(asksForAll('npm test', rest)),
  },
  check: {
    about: 'static checks and unit tests alone',
    usage: usageOfTests('npm run check'),
    check: (rest) => void [asksForAll('npm run check', rest), findBrowser(process.env)],
    run: async (rest) => (await import('./run.ts')).check(asksForAll('npm run check', rest)),
  },
  'check:browser': {
    about: 'the report in a browser alone',
    check: () => void findBrowser(process.env),
    run: async () => (await import('./run.ts')).checkInBrowser(),
  },
  reproduce: {
    about: 'every claim, by default at the profile standard, and the report',
    run: async () => (await import('./run.ts')).reproduce(),
  },
  register: {
    about: 'writes the verdicts that are measured to reports/claims.lock.json, by default at the profile standard',
    run: async () => (await import('./register.ts')).register(),
  },
  explore: {
    about: 'where claims hold: changed setups, and what flips a verdict',
    usage: EXPLORE,
    check: (rest) => refuseWrongOptions(rest, hypothesisTexts()),
    run: async (rest) => (await import('./explore.ts')).explore(rest),
  },
  report: {
    about: 'the report of the latest run again, from its records',
    usage: REPORT,
    check: (rest) => void optionsIn(rest, REPORT_OPTIONS, REPORT),
    run: async (rest) => (await import('./report.ts')).report(rest),
  },
  claims: {
    about: 'the claims of the latest run for a terminal of 80 columns',
    run: async () => (await import('./claims.ts')).claims(),
  },
  verify: {
    about: 'a share of the runs in the store again, drawn at random, with every number compared',
    usage: VERIFY,
    check: (rest) => void verifyOptions(rest),
    run: async (rest) => (await import('./verify.ts')).verify(rest),
  },
  doctor: {
    about: 'which engines compute on this machine, on what, and how fast',
    run: async () => (await import('./doctor.ts')).doctor(),
  },
  'setup:gpu': {
    about: 'downloads what the engines for NVIDIA GPUs and libtensorflow need',
    run: async () => (await import('./setup-gpu.ts')).setupGpu(),
  },
};

/** How a command is called, what it does, and the variables that change a run. */
export function usageOf(name: string): string {
  const { about, usage } = commandNamed(name);
  const width = Math.max(...Object.keys(VARIABLES).map((each) => each.length));
  const variables = Object.entries(VARIABLES).map(([each, takes]) => `  ${each.padEnd(width)}  ${takes}`);
  return [usage ?? called(name), '', about, '', 'environment variables:', ...variables, ''].join('\n');
}

/** All commands, a line each. */
export function overviewOfCommands(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => called(name).length));
  const lines = Object.entries(COMMANDS).map(([name, { about }]) => `${called(name).padEnd(width)}  ${about}`);
  return `${lines.join('\n')}\n`;
}

/**
 * Checks a command's options and the environment, and runs it; `--help` and `-h` print how it is called instead. Throws
 * `InputError` on an unknown command, option or variable and on a variable's wrong value, before anything heavy is loaded.
 */
export async function runCommand(name: string | undefined, rest: readonly string[]): Promise<void> {
  if (name === undefined || name === '--help' || name === '-h') {
    process.stdout.write(overviewOfCommands());
    if (name === undefined) process.exitCode = 1;
    return;
  }
  const command = commandNamed(name);
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(usageOf(name));
    return;
  }
  checkEnvironment(process.env);
  if (command.usage === undefined) optionsIn(rest, {}, `${called(name)}, without options`);
  command.check?.(rest);
  await command.run(rest);
}

const called = (name: string): string => (name === 'test' ? 'npm test' : `npm run ${name}`);

function commandNamed(name: string): Command {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command !== undefined) return command;
  const meant = nearest(name, Object.keys(COMMANDS));
  throw new InputError('unknown command', {
    expected: `one of ${Object.keys(COMMANDS).join(', ')}`,
    got: name,
    todo: meant === undefined ? 'run one of them with --help' : `run ${called(meant)}`,
  });
}

/** Throws `InputError` where a variable of the environment is unknown or has a wrong value; `auto` is settled later. */
function checkEnvironment(environment: NodeJS.ProcessEnv): void {
  refuseUnknownVariables(environment);
  const auto = environment['SPILLOVER_ENGINE'] === 'auto';
  readConfiguration(auto ? { ...environment, SPILLOVER_ENGINE: '' } : environment);
}

/** Whether the options of a command that tests ask for what is known to pass, too. Throws `InputError` on other options. */
function asksForAll(command: string, rest: readonly string[]): boolean {
  return optionsIn(rest, TEST_OPTIONS, usageOfTests(command)).all === true;
}

function hypothesisTexts(): string[] {
  const folder = join(PROJECT, 'hypotheses');
  const files = readdirSync(folder).filter((file) => file.endsWith('.test.ts'));
  return files.map((file) => readFileSync(join(folder, file), 'utf8'));
}
