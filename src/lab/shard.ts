import { InputError } from '../core/errors.ts';

/** A part of a plan: the shard `index`, from 1, of `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Throws `InputError` where there is no such shard. */
export function checkShard({ index, count }: Shard, from: string): Shard {
  if (Number.isInteger(index) && Number.isInteger(count) && index >= 1 && index <= count && count <= 100_000)
    return { index, count };
  throw new InputError('there is no such shard', {
    expected: 'a whole number from 1 to the number of shards',
    got: `shard ${index} of ${count}, from ${from}`,
    todo: 'correct it: --shard 1/4 is the first of four',
  });
}
