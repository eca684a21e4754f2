import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InputError } from '../core/errors.ts';
import type { Arm } from '../train/arm.ts';
import { armName } from '../train/arm.ts';
import { PROJECT } from './configuration.ts';
import type { Claim } from './spec.ts';

/** A claim with the file that declares it. */
export interface DeclaredClaim {
  readonly claim: Claim;
  readonly path: string;
  readonly text: string;
}

/**
 * The claims that the hypothesis files of the project declare, in the order of the file names.
 * Throws `InputError` on a file whose default export is no claim, and where two files declare the same id.
 */
export async function declaredClaims(folder: string = join(PROJECT, 'hypotheses')): Promise<DeclaredClaim[]> {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.test.ts'))
    .sort();
  const declared: DeclaredClaim[] = [];
  for (const file of files) {
    const path = join(folder, file);
    const module = (await import(pathToFileURL(path).href)) as { default?: Claim };
    const claim = module.default;
    if (claim?.spec === undefined) {
      throw new InputError(`${path} declares no claim`, {
        expected: 'export default claim({ id, statement, ... }, estimate)',
        got: `a default export of type ${typeof claim}`,
        todo: 'copy another hypothesis file and edit it, or move this file out of hypotheses/',
      });
    }
    const other = declared.find((each) => each.claim.spec.id === claim.spec.id);
    if (other !== undefined) {
      throw new InputError(`two claims with the id ${claim.spec.id}`, {
        expected: 'an id of its own for every hypothesis file',
        got: `${other.path} and ${path}`,
        todo: 'change one of them',
      });
    }
    declared.push({ claim, path, text: readFileSync(path, 'utf8') });
  }
  return declared;
}

/** Every arm that a claim compares, each once. */
export function armsOf(declared: readonly DeclaredClaim[]): Arm[] {
  const all = declared.flatMap(({ claim }) => Object.values(claim.spec.arms));
  return [...new Map(all.map((arm) => [armName(arm), arm])).values()];
}
