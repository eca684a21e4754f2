export const USAGE = 'npm run report -- [--to FOLDER] [--against EARLIER] [--png] [--tensorboard]';

/** What `npm run report` takes. */
export const REPORT_OPTIONS = {
  to: { type: 'string' },
  against: { type: 'string' },
  png: { type: 'boolean' },
  tensorboard: { type: 'boolean' },
} as const;
