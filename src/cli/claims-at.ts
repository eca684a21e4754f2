import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../core/errors.ts';
import { readClaims } from '../records/read.ts';

/** The claims of a run, by its folder of records or its claims.json. Throws `InputError` where there are none, and as `readClaims`. */
export function claimsAt(path: string): ReturnType<typeof readClaims> {
  const folder = basename(path) === 'claims.json' ? dirname(resolve(path)) : resolve(path);
  if (existsSync(join(folder, 'claims.json'))) return readClaims(folder);
  throw new InputError('there is no run to compare with', {
    expected: 'a folder of records or its claims.json, such as reports/published',
    got: `no claims.json in ${folder}`,
    todo: 'name the folder of a run',
  });
}
