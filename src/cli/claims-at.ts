import { basename, dirname, resolve } from 'node:path';
import { readClaims } from '../records/read.ts';

/** The claims of a run, by its folder of records or its claims.json. Throws as `readClaims`. */
export const claimsAt = (path: string): ReturnType<typeof readClaims> =>
  readClaims(basename(path) === 'claims.json' ? dirname(resolve(path)) : resolve(path));
