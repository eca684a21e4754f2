export const USAGE = 'npm run report -- [--to FOLDER] [--tensorboard]';

/** What `npm run report` takes. */
export const REPORT_OPTIONS = { to: { type: 'string' }, tensorboard: { type: 'boolean' } } as const;
