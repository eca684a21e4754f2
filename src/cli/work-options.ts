export const USAGE = 'npm run work [-- --shard I/N | --shards N]';
export const WORK_OPTIONS = { shard: { type: 'string' }, shards: { type: 'string' } } as const;
