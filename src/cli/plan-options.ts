export const USAGE = 'npm run plan [-- [--shards N] [--json FILE]]';
export const PLAN_OPTIONS = { shards: { type: 'string' }, json: { type: 'string' } } as const;
