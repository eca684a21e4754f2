import { fileURLToPath } from 'node:url';

/**
 * A run store that stays between runs of the tests, for those that ask what trained networks say and not how they are
 * trained: a record is made again only where the code that makes it has changed, as its key says.
 */
export const WARM_STORE: string = fileURLToPath(
  new URL('../../node_modules/.cache/spillover/test-store', import.meta.url),
);
