import { expect, test } from 'vitest';
import { InputError } from '../core/errors.ts';
import { shardAsked } from './shard-options.ts';

const SLURM = { SLURM_ARRAY_TASK_ID: '3', SLURM_ARRAY_TASK_MIN: '1', SLURM_ARRAY_TASK_COUNT: '4' };

test.each([
  ['by hand', { shard: '2/4' }, {}, { index: 2, count: 4 }],
  ['by hand, whatever a scheduler says', { shard: '2/4' }, SLURM, { index: 2, count: 4 }],
  ['a Slurm array from 1', {}, SLURM, { index: 3, count: 4 }],
  [
    'a Slurm array from 0, one task of which runs again',
    { shards: '8' },
    { SLURM_ARRAY_TASK_ID: '3', SLURM_ARRAY_TASK_COUNT: '1' },
    { index: 4, count: 8 },
  ],
  ['an indexed Kubernetes job', { shards: '8' }, { JOB_COMPLETION_INDEX: '0' }, { index: 1, count: 8 }],
  ['nothing', {}, {}, undefined],
])('%s', (_what, options, environment, shard) => {
  expect(shardAsked(options, environment)).toEqual(shard);
});

test.each([
  ['a shard that there is not', { shard: '5/4' }, {}, /shard 5 of 4/],
  ['text', { shard: 'two' }, {}, /such as 2\/4/],
  ['a task beyond the number of shards', { shards: '3' }, SLURM, /shard 4 of 3/],
  ['shards without a task', { shards: '3' }, {}, /no task/],
  ['a Kubernetes task without the number of shards', {}, { JOB_COMPLETION_INDEX: '0' }, /no --shards/],
  ['an array that does not say how many tasks it has', {}, { SLURM_ARRAY_TASK_ID: '0' }, /shard 1 of NaN/],
])('refused: %s', (_what, options, environment, said) => {
  expect(() => shardAsked(options, environment)).toThrow(InputError);
  expect(() => shardAsked(options, environment)).toThrow(said);
});
