import { hypothesisTexts } from '../claims/files.ts';
import { InputError } from '../core/errors.ts';
import { readSettings } from '../project/configuration.ts';
import { VARIABLES, variablesOf } from '../project/environment.ts';
import { nearest } from '../project/nearest.ts';
import { openProject, type ProjectFiles } from '../project/project.ts';
import { findBrowser } from '../report/browser.ts';
import { type Called, isCheckout } from './called.ts';
import { USAGE as DIFF, diffOptions } from './diff-options.ts';
import { USAGE as DOCS, DOCS_OPTIONS } from './docs-options.ts';
import { USAGE as EXPLORE, refuseWrongOptions } from './explore-options.ts';
import { USAGE as IMPORT, importOptions } from './import-options.ts';
import { USAGE as INIT, initFolder } from './init-options.ts';
import { USAGE as JUDGE, judgeOptions } from './judge-options.ts';
import { USAGE as MERGE, mergeOptions } from './merge-options.ts';
import { optionsIn } from './options.ts';
import { USAGE as PLAN, PLAN_OPTIONS } from './plan-options.ts';
import { USAGE as POWER, powerOptions } from './power-options.ts';
import { USAGE as REGISTER, registerOptions } from './register-options.ts';
import { USAGE as REPORT, REPORT_OPTIONS } from './report-options.ts';
import { shardAsked } from './shard-options.ts';
import { USAGE as SLURM, slurmOptions } from './slurm-options.ts';
import { TEST_OPTIONS, usageOfTests } from './test-options.ts';
import { USAGE as VERIFY, verifyOptions } from './verify-options.ts';
import { USAGE as WORK, WORK_OPTIONS } from './work-options.ts';

interface Described {
  readonly about: string;
  /** Without it the command takes no options. */
  readonly usage?: string;
}

/** A command that works on a project: what it does, and how it is called. */
interface ProjectCommand extends Described {
  /** Whether it is about this package's own sources, and so for its checkout alone. */
  readonly own?: boolean;
  /** Throws `InputError` on wrong options, before anything heavy is loaded. */
  readonly check?: (called: Called) => void;
  /** Loads what the command needs, and does it. */
  readonly run: (called: Called) => Promise<void>;
}

/** A command that makes one. */
interface MakingCommand extends Described {
  readonly make: (rest: readonly string[]) => Promise<void>;
}

type Command = ProjectCommand | MakingCommand;

const checkBrowser = ({ parameters }: Called): void => void findBrowser({ ...parameters.variables });

/** Every command by its name. What they need is loaded only when they run: TensorFlow.js alone takes seconds. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  test: {
    about: 'tests (in the checkout also static checks) and every claim, by default at the profile quick',
    usage: usageOfTests('npm test', 'the slow and the calibration tests, too, and '),
    check: (called) => void [asksForAll('npm test', called), checkBrowser(called)],
    run: async (called) => (await import('./run.ts')).testEverything(called, asksForAll('npm test', called)),
  },
  check: {
    about: 'static checks and the tests beside the code alone',
    usage: usageOfTests('npm run check'),
    own: true,
    check: (called) => void [asksForAll('npm run check', called), checkBrowser(called)],
    run: async (called) => (await import('./run.ts')).check(called, asksForAll('npm run check', called)),
  },
  'check:browser': {
    about: 'the report in a browser alone',
    own: true,
    check: checkBrowser,
    run: async (called) => (await import('./run.ts')).checkInBrowser(called),
  },
  reproduce: {
    about: 'every claim, by default at the profile standard, and the report',
    run: async (called) => (await import('./run.ts')).reproduce(called),
  },
  register: {
    about: 'writes the verdicts that are measured to the registry, by default at quick and standard',
    usage: REGISTER,
    check: ({ rest }) => void registerOptions(rest),
    run: async (called) => (await import('./register.ts')).register(called),
  },
  explore: {
    about: 'where claims hold: changed setups, and what flips a verdict',
    usage: EXPLORE,
    check: ({ rest, files }) => refuseWrongOptions(rest, hypothesisTexts(files.hypotheses), files),
    run: async (called) => (await import('./explore.ts')).explore(called),
  },
  power: {
    about: 'how many replicates each claim needs, from development seeds',
    usage: POWER,
    check: ({ rest, files }) => void powerOptions(rest, hypothesisTexts(files.hypotheses), files),
    run: async (called) => (await import('./power.ts')).power(called),
  },
  report: {
    about: 'the report of the latest run again, from its records',
    usage: REPORT,
    check: ({ rest }) => void optionsIn(rest, REPORT_OPTIONS, REPORT),
    run: async (called) => (await import('./report.ts')).report(called),
  },
  plan: {
    about: 'the runs that a profile lacks, how long they take, and how they are shared out',
    usage: PLAN,
    check: ({ rest }) => void optionsIn(rest, PLAN_OPTIONS, PLAN),
    run: async (called) => (await import('./plan.ts')).plan(called),
  },
  work: {
    about: 'trains what a profile, or a shard of it, lacks; judges nothing',
    usage: WORK,
    check: ({ rest }) => void shardAsked(optionsIn(rest, WORK_OPTIONS, WORK), process.env),
    run: async (called) => (await import('./work.ts')).work(called),
  },
  merge: {
    about: 'puts the runs of a profile from several stores into one',
    usage: MERGE,
    check: ({ rest }) => void mergeOptions(rest),
    run: async (called) => (await import('./merge.ts')).merge(called),
  },
  slurm: {
    about: 'scripts of an array job that does a profile, and of a job that judges it',
    usage: SLURM,
    check: ({ rest }) => void slurmOptions(rest),
    run: async (called) => (await import('./slurm.ts')).slurm(called),
  },
  import: {
    about: 'makes a study of the logs of another tool: Inspect, lm-eval, TRL, Tinker, W&B or a table',
    usage: IMPORT,
    check: ({ rest }) => void importOptions(rest),
    run: async (called) => (await import('./import.ts')).importLogs(called),
  },
  judge: {
    about: 'the claims about the studies of a folder, and their report; trains nothing',
    usage: JUDGE,
    check: ({ rest }) => void judgeOptions(rest),
    run: async (called) => (await import('./judge.ts')).judge(called),
  },
  claims: {
    about: 'the claims of the latest run for a terminal of 80 columns',
    run: async (called) => (await import('./claims.ts')).claims(called),
  },
  diff: {
    about: 'two runs beside each other: verdicts that flipped, means that moved; ends with 1 where a verdict flipped',
    usage: DIFF,
    check: ({ rest }) => void diffOptions(rest),
    run: async (called) => (await import('./diff.ts')).diff(called),
  },
  verify: {
    about: 'a share of the runs in the store again, drawn at random, with every number compared',
    usage: VERIFY,
    check: ({ rest }) => void verifyOptions(rest),
    run: async (called) => (await import('./verify.ts')).verify(called),
  },
  docs: {
    about: 'guides and published report as a site of plain files, with its links checked',
    usage: DOCS,
    own: true,
    check: ({ rest }) => void optionsIn(rest, DOCS_OPTIONS, DOCS),
    run: async (called) => (await import('./docs.ts')).docs(called),
  },
  doctor: {
    about: 'which engines compute on this machine, on what, and how fast',
    run: async (called) => (await import('./doctor.ts')).doctor(called),
  },
  'setup:gpu': {
    about: 'downloads what the engines for NVIDIA GPUs and libtensorflow need',
    run: async (called) => (await import('./setup-gpu.ts')).setupGpu(called),
  },
  init: {
    about: 'makes a folder with a claim of your own: configuration, hypothesis, setup, registry and CI',
    usage: INIT,
    make: async (rest) => (await import('./init.ts')).init(initFolder(rest)),
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
 * Checks a command's options, the environment and the project that `folder` lies in, and runs it; `--help` and `-h` print how
 * it is called instead. Throws `InputError` on an unknown command, option or variable, on a variable's wrong value and on a
 * project that is not as it should be, before anything heavy is loaded.
 */
export async function runCommand(
  name: string | undefined,
  rest: readonly string[],
  folder: string = process.cwd(),
): Promise<void> {
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
  const variables = variablesOf(process.env);
  if (command.usage === undefined) optionsIn(rest, {}, `${called(name)}, without options`);
  if ('make' in command) return command.make(rest);
  const parameters = { folder, variables };
  const files = await openProject(parameters);
  if (command.own === true && !isCheckout(files)) throw notHere(name, files);
  checkVariables(files, variables);
  const asked: Called = { rest, files, parameters };
  command.check?.(asked);
  await command.run(asked);
}

/** How a command is called; the folders that `init` makes have a script of each name, too. */
function called(name: string): string {
  if (name === 'init') return INIT;
  return name === 'test' ? 'npm test' : `npm run ${name}`;
}

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

function notHere(name: string, { folder }: ProjectFiles): InputError {
  return new InputError(`${name} is about the sources of spillover itself`, {
    expected: 'its checkout',
    got: folder,
    todo: 'run npm test, which runs the tests and claims of this project',
  });
}

/** Throws `InputError` where a variable has a wrong value; the engine `auto` is settled later. */
function checkVariables(files: ProjectFiles, variables: ReturnType<typeof variablesOf>): void {
  const auto = variables.SPILLOVER_ENGINE === 'auto';
  readSettings(files, auto ? { ...variables, SPILLOVER_ENGINE: '' } : variables);
}

/** Whether the options of a command that tests ask for what is known to pass, too. Throws `InputError` on other options. */
function asksForAll(command: string, { rest }: Called): boolean {
  return optionsIn(rest, TEST_OPTIONS, usageOfTests(command)).all === true;
}
