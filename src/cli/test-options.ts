/** What `npm test` and `npm run check` take. */
export const TEST_OPTIONS = { all: { type: 'boolean' } } as const;

/** How a command that tests is called. */
export const usageOfTests = (command: string, more = ''): string =>
  `${command} [-- --all]\n\n  --all  runs ${more}again what passed on the very same files; CI=true does so too`;
