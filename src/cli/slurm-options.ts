import { InputError } from '../core/errors.ts';
import { numberOf, optionsIn } from './options.ts';

export const USAGE =
  'npm run slurm -- --tasks N [--profile P] [--concurrent K] [--cpus C] [--time H:MM:SS] [--partition P] [--sbatch OPTION]... [--to FOLDER] [--submit]';

const OPTIONS = {
  tasks: { type: 'string' },
  profile: { type: 'string' },
  concurrent: { type: 'string' },
  cpus: { type: 'string' },
  time: { type: 'string' },
  partition: { type: 'string' },
  sbatch: { type: 'string', multiple: true },
  to: { type: 'string' },
  submit: { type: 'boolean' },
} as const;

/** What an array of tasks is asked for. */
export interface SlurmAsked {
  readonly tasks: number;
  /** That of SPILLOVER_PROFILE where absent, else full. */
  readonly profile?: string;
  /** Tasks at a time at most; what the cluster gives where absent. */
  readonly concurrent?: number;
  /** Processors of a task, each with a process that trains. */
  readonly cpus: number;
  readonly time?: string;
  readonly partition?: string;
  /** Further options of sbatch, as they are, such as `--gres=gpu:1`. */
  readonly sbatch: readonly string[];
  /** Where the scripts and logs go. */
  readonly to: string;
  readonly submit: boolean;
}

/** The options of `npm run slurm`. Throws `InputError` on an unknown one, a number that is none, and what sbatch would take for another line. */
export function slurmOptions(rest: readonly string[]): SlurmAsked {
  const {
    tasks,
    profile,
    concurrent,
    cpus = '1',
    time,
    partition,
    sbatch = [],
    to = 'reports/slurm',
    submit = false,
  } = optionsIn(rest, OPTIONS, USAGE);
  const number = (name: string, text: string, most: number): number =>
    numberOf(name, text, { least: 1, most, usage: USAGE });
  if (tasks === undefined)
    throw new InputError('how many tasks?', { expected: '--tasks with a number', got: 'none', todo: USAGE });
  const words = { time, partition, ...Object.fromEntries(sbatch.map((each, i) => [`sbatch ${i + 1}`, each])) };
  for (const [name, text] of Object.entries(words))
    if (text !== undefined && !/^[\w.,:=%/@+ -]+$/.test(text))
      throw new InputError(`--${name.split(' ')[0]}`, {
        expected: 'letters, digits and . , : = % / @ + - _',
        got: JSON.stringify(text),
        todo: 'write other options into the script that --to names, and submit it by hand',
      });
  return {
    ...{ tasks: number('tasks', tasks, 100_000), cpus: number('cpus', cpus, 1024), sbatch, to, submit },
    ...(concurrent !== undefined && { concurrent: number('concurrent', concurrent, 100_000) }),
    ...(profile !== undefined && { profile }),
    ...(time !== undefined && { time }),
    ...(partition !== undefined && { partition }),
  };
}
