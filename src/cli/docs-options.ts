export const USAGE = 'npm run docs -- [--to FOLDER]';

/** What `npm run docs` takes. */
export const DOCS_OPTIONS = { to: { type: 'string' } } as const;
