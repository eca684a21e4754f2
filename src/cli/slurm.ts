import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '../core/errors.ts';
import { writeWhole } from '../core/whole-file.ts';
import { readSettings } from '../project/configuration.ts';
import type { Called } from './called.ts';
import { type SlurmAsked, slurmOptions } from './slurm-options.ts';

/** How often a task that failed is put into the queue again, and one whose time is up: what it finished stays in the store. */
const RETRIES = { failed: 3, late: 100 } as const;

/** Seconds before a task's time is up at which it ends its work and goes back into the queue. */
const LATE = 60;

/**
 * `npm run slurm`: writes an array job, each task of which does a shard of a profile (`--profile`, SPILLOVER_PROFILE, else full) on a store that all share,
 * and a job that judges and writes the report once all are done; with `--submit` submits both. Says how to watch them.
 */
export async function slurm({ rest, files, parameters }: Called): Promise<void> {
  const asked = slurmOptions(rest);
  const variables = {
    ...parameters.variables,
    ...(asked.profile !== undefined && { SPILLOVER_PROFILE: asked.profile }),
  };
  const { profile, engine, folder: store } = readSettings(files, variables, 'full');
  const to = resolve(files.folder, asked.to);
  const setting = {
    folder: files.folder,
    to,
    variables: { ...variables, SPILLOVER_PROFILE: profile, SPILLOVER_ENGINE: engine, SPILLOVER_STORE: store },
  };
  mkdirSync(to, { recursive: true });
  const [array, judge] = [join(to, 'work.sh'), join(to, 'judge.sh')];
  writeWhole(array, workScript(asked, setting));
  writeWhole(judge, judgeScript(asked, setting));
  process.stdout.write(
    `${array}: ${asked.tasks} tasks at the profile ${profile}, on the store ${store}, which every node must see\n${judge}: judges and reports\n`,
  );
  if (!asked.submit) {
    process.stdout.write(
      `submit: job=$(sbatch --parsable ${quoted(array)}) && sbatch --dependency=afterok:$job ${quoted(judge)}\n`,
    );
    return;
  }
  const job = submitted(['--parsable', array]);
  const judging = submitted(['--parsable', `--dependency=afterok:${job}`, judge]);
  process.stdout.write(
    `submitted: ${job} (work) and ${judging} (judge)\nwatch: squeue -j ${job},${judging}; logs in ${to}\n`,
  );
}

interface Setting {
  readonly folder: string;
  readonly to: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** A word of a shell as it is, whatever stands in it. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function head(name: string, { time, partition, sbatch }: SlurmAsked, lines: readonly string[]): string {
  const options = [
    `--job-name=spillover-${name}`,
    '--open-mode=append',
    ...lines,
    ...(time === undefined ? [] : [`--time=${time}`]),
    ...(partition === undefined ? [] : [`--partition=${partition}`]),
    ...sbatch,
  ];
  return ['#!/bin/bash', ...options.map((option) => `#SBATCH ${option}`), ''].join('\n');
}

const environment = ({ folder, variables }: Setting): string =>
  [
    `cd ${quoted(folder)} || exit 1`,
    ...Object.entries(variables).flatMap(([name, value]) =>
      value === undefined ? [] : [`export ${name}=${quoted(value)}`],
    ),
  ].join('\n');

/** The script of a task: its shard, with one process a processor; again a few times where it failed. */
export function workScript(asked: SlurmAsked, setting: Setting): string {
  const { tasks, concurrent, cpus } = asked;
  const range = `0-${tasks - 1}${concurrent === undefined ? '' : `%${concurrent}`}`;
  const options = [
    `--array=${range}`,
    '--requeue',
    `--signal=B:USR1@${LATE}`,
    '--ntasks=1',
    `--cpus-per-task=${cpus}`,
    `--output=${join(setting.to, 'work-%a.log')}`,
  ];
  return `${head('work', asked, options)}# Before Slurm ends a task, ${LATE} s before its time is up.
trap late USR1
work=
${environment({ ...setting, variables: { ...setting.variables, SPILLOVER_WORKERS: `${cpus}` } })}
# Puts this task into the queue again, up to so many times for a reason, by its own name: that of the last task is the whole array's. Before
# it ends, so that what waits for the array sees no failure.
again() {
  local counted=${quoted(join(setting.to, '.again-'))}"$1-$SLURM_ARRAY_JOB_ID-$SLURM_ARRAY_TASK_ID"
  echo >> "$counted"
  [ "$(wc -l < "$counted")" -le "$2" ] && scontrol requeue "\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}" && sleep 60
}
late() {
  # Where the work has just ended, its own end counts.
  [ -n "$work" ] && ! kill -0 -- "-$work" 2> /dev/null && return
  [ -n "$work" ] && kill -- "-$work"
  if [ $SECONDS -lt ${LATE} ]; then
    echo "the time of a task is too short to begin with: give more, for example --time 1:00:00"
  else
    echo "the time of this task is up: what it finished is kept"
    again late ${RETRIES.late}
  fi
  exit 1
}
# In a process group of its own: where that is killed, by hand or for its memory, this script lives on and says so.
set -m
npm run --silent work -- --shards ${tasks} &
work=$!
wait $work
code=$?
trap '' USR1
[ $code -eq 0 ] && exit 0
# What was finished is in the store: a task that failed goes on from there.
again failed ${RETRIES.failed}
exit $code
`;
}

/** The script that comes after every task: judges, and writes the report. */
export function judgeScript(asked: SlurmAsked, setting: Setting): string {
  const options = ['--ntasks=1', `--cpus-per-task=${asked.cpus}`, `--output=${join(setting.to, 'judge.log')}`];
  return `${head('judge', asked, options)}
${environment(setting)}
exec npm run --silent reproduce
`;
}

/** What sbatch says of a job that it took. Throws `InputError` where it takes none. */
function submitted(args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync('sbatch', args, { encoding: 'utf8' });
  const [job] = (stdout ?? '').trim().split(';');
  if (status === 0 && job !== undefined && /^\d+$/.test(job)) return job;
  throw new InputError('Slurm did not take the job', {
    expected: 'sbatch on the path, and options that it knows',
    got: error?.message ?? (stderr.trim() || `status ${status}`),
    todo: 'submit the scripts by hand, or correct the options',
  });
}
