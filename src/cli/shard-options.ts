import { InputError } from '../core/errors.ts';
import { checkShard, type Shard } from '../lab/shard.ts';

/** Variables of schedulers that say which of how many tasks this process is. */
type Environment = Readonly<Record<string, string | undefined>>;

const whole = (text: string | undefined): number =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : Number.NaN;

/**
 * Which shard is asked for: `--shard 2/4`; else the task of a Slurm array, or that of an indexed Kubernetes job, whose number of
 * completions `--shards` says. Undefined where nothing says any: then all of it. Throws `InputError` on a shard that there is not.
 */
export function shardAsked(
  { shard, shards }: { readonly shard?: string | undefined; readonly shards?: string | undefined },
  environment: Environment,
): Shard | undefined {
  if (shard !== undefined) {
    const [, index, count] = /^(\d+)\/(\d+)$/.exec(shard) ?? [];
    if (index === undefined || count === undefined)
      throw new InputError('--shard', { expected: 'a shard of how many, such as 2/4', got: shard, todo: 'correct it' });
    return checkShard({ index: Number(index), count: Number(count) }, '--shard');
  }
  const { SLURM_ARRAY_TASK_ID: task, SLURM_ARRAY_TASK_MIN: first, SLURM_ARRAY_TASK_COUNT: tasks } = environment;
  if (task !== undefined) {
    // A task that is run again alone has a count of its own: the script that started it says of how many it is.
    const count = shards === undefined ? whole(tasks) : whole(shards);
    const lowest = shards === undefined ? whole(first ?? '0') : 0;
    return checkShard({ index: whole(task) - lowest + 1, count }, 'SLURM_ARRAY_TASK_ID');
  }
  const { JOB_COMPLETION_INDEX: completion } = environment;
  if (completion !== undefined && shards !== undefined)
    return checkShard({ index: whole(completion) + 1, count: whole(shards) }, 'JOB_COMPLETION_INDEX');
  if (completion === undefined && shards === undefined) return undefined;
  throw new InputError('which shard?', {
    expected:
      'both the number of shards (--shards 8) and a task of a scheduler (SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX)',
    got:
      completion === undefined
        ? `--shards ${shards} and no task`
        : `JOB_COMPLETION_INDEX ${completion} and no --shards`,
    todo: 'add what is missing, or say --shard 1/8',
  });
}
